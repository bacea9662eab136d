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

/// <summary>The admin page Contact us.</summary>
[Admin("ContactUs", "ContactUs")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    ContactMessageSender messageSender,
    ContactMessageStore messages,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    INotifier notifier,
    IClock clock,
    IStringLocalizer<AdminController> S,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const int MaxSubjectLength = 200;
    private const int MaxTextLength = 20_000;
    private const int MaxAttachmentMegabytes = 10;
    private const int MaxPageSize = 100;

    /// <summary>Shows the form and the sent messages.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(PagerParameters pager)
        => await IsAuthorizedAsync() ? View(await PopulateAsync(new ContactUsViewModel(), pager)) : Forbid();

    /// <summary>Sends the message.</summary>
    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(ContactUsViewModel form, PagerParameters pager)
    {
        if (!await IsAuthorizedAsync())
        {
            return Forbid();
        }

        if (!TryValidate(form, out var recipient))
        {
            return View(await PopulateAsync(form, pager));
        }

        try
        {
            // In one transaction with the record below: neither exists without the other.
            var mailId = await messageSender.EnqueueAsync(recipient, form.Subject!.Trim(), form.Text!, form.Attachment, HttpContext.RequestAborted);
            await messages.AddAsync(new ContactMessage
            {
                AtUtc = clock.UtcNow,
                SentBy = User.Identity?.Name ?? "",
                Recipient = recipient.Address,
                Subject = form.Subject.Trim(),
                Attachment = Path.GetFileName(form.Attachment?.FileName),
                MailId = mailId,
            });
        }
        catch (Exception e) when (e is OutboxMessageTooLargeException or OutboxStorageException)
        {
            // The form keeps what was entered, so that the user can try again.
            ModelState.AddModelError("", e.Message);

            return View(await PopulateAsync(form, pager));
        }

        await notifier.SuccessAsync(H["The message to <strong>{0}</strong> is being sent. Its status is below.", recipient.Address]);

        return RedirectToAction(nameof(Index));
    }

    private Task<bool> IsAuthorizedAsync() => authorizationService.AuthorizeAsync(User, ContactUsPermissions.SendContactMessages);

    private bool TryValidate(ContactUsViewModel form, out MailboxAddress recipient)
    {
        if (!MailboxAddress.TryParse(form.Recipient, out recipient!) || recipient.Domain.Length == 0)
        {
            ModelState.AddModelError(nameof(form.Recipient), S["Enter one email address, for example ann@example.com."]);
        }

        if (string.IsNullOrWhiteSpace(form.Subject) || form.Subject.Length > MaxSubjectLength)
        {
            ModelState.AddModelError(nameof(form.Subject), S["Enter a subject of up to {0} characters.", MaxSubjectLength]);
        }

        if (string.IsNullOrWhiteSpace(form.Text) || form.Text.Length > MaxTextLength)
        {
            ModelState.AddModelError(nameof(form.Text), S["Enter a message of up to {0} characters.", MaxTextLength]);
        }

        if (form.Attachment?.Length > MaxAttachmentMegabytes * 1024 * 1024)
        {
            ModelState.AddModelError(nameof(form.Attachment), S["The file is larger than {0} MB. Send a link to it instead.", MaxAttachmentMegabytes]);
        }

        return ModelState.IsValid;
    }

    private async Task<ContactUsViewModel> PopulateAsync(ContactUsViewModel form, PagerParameters parameters)
    {
        var total = await messages.CountAsync();
        var pager = new Pager(parameters, pagerOptions.Value.GetPageSize());

        // Both values come from the URL: the size can be anything, and the page might not exist.
        pager.PageSize = Math.Clamp(pager.PageSize, 1, MaxPageSize);
        pager.Page = Math.Min(pager.Page, Math.Max(1, ((total - 1) / pager.PageSize) + 1));
        form.Sent = await messages.ListAsync(pager.GetStartIndex(), pager.PageSize);
        form.Outbox = await messageSender.FindAsync(form.Sent.Select(message => message.MailId), HttpContext.RequestAborted);
        form.Pager = await shapeFactory.PagerAsync(pager, total);

        return form;
    }
}
