using System.Data.Common;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Routing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>One message of the log, and what can be done with it.</summary>
[Admin("OutgoingMail/Log/{action}/{id}", "OutgoingMailLog{action}")]
public sealed partial class LogMessageController(
    IAuthorizationService authorizationService,
    LogMessageReader reader,
    LogActions actions,
    OutgoingMailConfigurationManager configurations,
    MailCategories categories,
    INotifier notifier,
    LogActionTexts texts,
    ILogger<LogMessageController> logger) : Controller
{
    /// <summary>Shows a message.</summary>
    [HttpGet]
    public async Task<IActionResult> Message(string id, CancellationToken cancellationToken)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailLog))
        {
            return Forbid();
        }

        if (await reader.FindAsync(id, cancellationToken) is not { } model)
        {
            return MessageNotFound();
        }

        model.Configuration = await configurations.FindAsync(model.Mail.ConfigurationId);
        model.AttemptConfigurations = (await configurations.FindAsync([.. model.Attempts.Select(attempt => attempt.Result.ConfigurationId).OfType<string>().Distinct()])).ToDictionary(configuration => configuration.ConfigurationId);
        model.Category = model.Mail.Category is { } category ? categories.GetLabel(category) : null;
        model.CanManageOutbox = await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutbox);
        model.CanManageServers = await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers);
        model.CanViewContent = await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailContent);

        if (model is { CanViewContent: true, HasContent: true })
        {
            model.Content = await reader.ReadContentAsync(id, cancellationToken);
            HttpContext.Response.RegisterForDisposeAsync(model.Content ?? (IAsyncDisposable)new MemoryStream());
        }

        return View(model);
    }

    /// <summary>Tries a waiting message now.</summary>
    [HttpPost]
    public Task<IActionResult> TryNow(string id, CancellationToken cancellationToken)
        => ActAsync(id, async () => await actions.TryNowAsync(id, cancellationToken) ? id : null, texts.Tried, texts.NotWaiting);

    /// <summary>Cancels a waiting message.</summary>
    [HttpPost]
    public Task<IActionResult> Cancel(string id, CancellationToken cancellationToken)
        => ActAsync(id, async () => await actions.CancelAsync(id, cancellationToken) ? id : null, texts.Cancelled, texts.TooLate);

    /// <summary>Records that a message in doubt arrived.</summary>
    [HttpPost]
    public Task<IActionResult> Arrived(string id, CancellationToken cancellationToken)
        => ActAsync(id, async () => await actions.ConfirmAsync(id, cancellationToken) ? id : null, texts.Confirmed, texts.NotInDoubt);

    /// <summary>Sends a message again.</summary>
    /// <param name="id">The message.</param>
    /// <param name="recipients">Other recipients, separated by commas; empty for the same. Only for users who may read the content.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    [HttpPost]
    public async Task<IActionResult> SendAgain(string id, string? recipients, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(recipients) && !await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailContent))
        {
            // Whoever chooses the recipients can read the message.
            return Forbid();
        }

        if (!RecipientsParser.TryParse(recipients, out var addresses))
        {
            await notifier.ErrorAsync(texts.InvalidRecipients(RecipientsParser.Max));

            return RedirectToAction(nameof(Message), new { id });
        }

        return await ActAsync(id, () => actions.SendAgainAsync(id, addresses, cancellationToken), texts.SentAgain, texts.NoContent);
    }

    private async Task<IActionResult> ActAsync(string id, Func<Task<string?>> act, LocalizedHtmlString done, LocalizedHtmlString notDone)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutbox))
        {
            return Forbid();
        }

        string? result = null;

        try
        {
            result = await act();
            await (result is null ? notifier.WarningAsync(notDone) : notifier.SuccessAsync(done));
        }
        catch (Exception e) when (e is OutboxStorageException or DbException)
        {
            LogNotStored(e);
            await actions.UndoAsync();
            await notifier.ErrorAsync(texts.NotStored);
        }

        return RedirectToAction(nameof(Message), new { id = result ?? id });
    }

    private ViewResult MessageNotFound()
    {
        var page = View("MessageNotFound");
        page.StatusCode = StatusCodes.Status404NotFound;

        return page;
    }

    [LoggerMessage(46, LogLevel.Error, "A change of messages in the mail log couldn't be stored, and was undone.")]
    private partial void LogNotStored(Exception exception);
}
