using Horilla.Modules.OutgoingMail;
using Horilla.Samples.ContactUs.Messages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Samples.ContactUs.Controllers;

/// <summary>The page Contact us.</summary>
[Admin("ContactUs", "ContactUs")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    ContactMailer mailer,
    ContactMessages messages,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    INotifier notifier,
    IClock clock,
    IStringLocalizer<AdminController> S,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const int LongestSubject = 200;
    private const int LongestText = 20_000;
    private const int MegaBytes = 10;
    private const int MostRows = 100;

    /// <summary>The form, and what was sent.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(PagerParameters pager)
        => await MayContactAsync() ? View(await FilledAsync(new ContactForm(), pager)) : Forbid();

    /// <summary>Sends what was typed.</summary>
    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(ContactForm form, PagerParameters pager)
    {
        if (!await MayContactAsync())
        {
            return Forbid();
        }

        if (!TryRead(form, out var recipient))
        {
            return View(await FilledAsync(form, pager));
        }

        // Not given up with the request: the mail might be on its way, and would not be listed.
        var result = await mailer.SendAsync(recipient, form.Subject!.Trim(), form.Text!, form.Attachment, CancellationToken.None);
        var problem = Explain(result);

        await messages.AddAsync(new ContactMessage
        {
            AtUtc = clock.UtcNow,
            SentBy = User.Identity?.Name ?? "",
            Recipient = recipient.Address,
            Subject = form.Subject.Trim(),
            Attachment = Path.GetFileName(form.Attachment?.FileName),
            State = StateOf(result),
            Problem = problem,
        });

        if (problem is not null)
        {
            // The page comes back with what was typed, for another try.
            ModelState.AddModelError("", problem);

            return View(await FilledAsync(form, pager));
        }

        await (result.IsSent
            ? notifier.SuccessAsync(H["The message was sent to <strong>{0}</strong>.", recipient.Address])
            : notifier.InformationAsync(H["The message to <strong>{0}</strong> was handed over. This site is set not to tell whether the mail server took it.", recipient.Address]));

        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayContactAsync() => authorizationService.AuthorizeAsync(User, ContactUsPermissions.ContactUs);

    private static ContactMessageState StateOf(OutgoingMailResult result) => result.Status switch
    {
        OutgoingMailStatus.Sent => ContactMessageState.Sent,
        OutgoingMailStatus.Suppressed => ContactMessageState.HandedOver,
        _ => ContactMessageState.NotSent,
    };

    /// <summary>Why a mail did not go out, and what to do; null where it did, or where nobody is to be told.</summary>
    private string? Explain(OutgoingMailResult result) => result switch
    {
        { Error: { } error } => $"{error.Message} {error.NextStep}",
        { Status: OutgoingMailStatus.PartiallySent } => S["Some recipients were refused: {0}", string.Join(" ", result.RefusedRecipients.Select(refusal => refusal.Error.Message))],
        _ => null,
    };

    private bool TryRead(ContactForm form, out MailboxAddress recipient)
    {
        if (!MailboxAddress.TryParse(form.Recipient, out recipient!) || recipient.Domain.Length == 0)
        {
            ModelState.AddModelError(nameof(form.Recipient), S["Enter one mail address, such as ann@example.com."]);
        }

        if (string.IsNullOrWhiteSpace(form.Subject) || form.Subject.Length > LongestSubject)
        {
            ModelState.AddModelError(nameof(form.Subject), S["Enter what it is about, in {0} characters at most.", LongestSubject]);
        }

        if (string.IsNullOrWhiteSpace(form.Text) || form.Text.Length > LongestText)
        {
            ModelState.AddModelError(nameof(form.Text), S["Enter a message, of {0} characters at most.", LongestText]);
        }

        if (form.Attachment?.Length > MegaBytes * 1024 * 1024)
        {
            ModelState.AddModelError(nameof(form.Attachment), S["The file is larger than {0} MB. Send a link to it instead.", MegaBytes]);
        }

        return ModelState.IsValid;
    }

    private async Task<ContactForm> FilledAsync(ContactForm form, PagerParameters parameters)
    {
        var total = await messages.CountAsync();
        var pager = new Pager(parameters, pagerOptions.Value.GetPageSize());

        // Both numbers are as the address has them: any size, and pages that do not exist.
        pager.PageSize = Math.Clamp(pager.PageSize, 1, MostRows);
        pager.Page = Math.Min(pager.Page, Math.Max(1, ((total - 1) / pager.PageSize) + 1));
        form.Sent = await messages.ListAsync(pager.GetStartIndex(), pager.PageSize);
        form.Pager = await shapeFactory.PagerAsync(pager, total);

        return form;
    }
}
