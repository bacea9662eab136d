using System.Data.Common;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using MimeKit;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Applies a command to the messages that are selected in the log. A GET request shows what would happen, a POST request does it.</summary>
[Admin("OutgoingMail/Log/Selected/{command}", "OutgoingMailLogSelected")]
public sealed partial class LogSelectionController(
    IAuthorizationService authorizationService,
    LogQuery query,
    LogActions actions,
    INotifier notifier,
    LogActionTexts texts,
    ILogger<LogSelectionController> logger) : Controller
{
    /// <summary>The maximum number of messages in one request. Their IDs have to fit in a form.</summary>
    public const int MaxMessages = 500;

    /// <summary>Shows what would happen.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ids">The selected messages.</param>
    /// <param name="all">Whether all messages that match the filters are selected, not only those on the page.</param>
    /// <param name="options">The filters.</param>
    /// <param name="returnUrl">The URL of the log that the user came from.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    [HttpGet]
    public Task<IActionResult> Selected(LogCommand command, string[]? ids, bool all, LogOptions options, string? returnUrl, CancellationToken cancellationToken)
        => WithSelectionAsync(command, () => all ? query.ReadAsync(options, MaxMessages, cancellationToken) : ReadAsync(ids, cancellationToken), returnUrl, async selection
            => View(new LogSelectionViewModel { Selection = selection, ReturnUrl = returnUrl, CanChangeRecipients = await CanChangeRecipientsAsync() }));

    /// <summary>Applies the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ids">The selected messages.</param>
    /// <param name="recipients">Other recipients of messages that are sent again, separated by commas; empty for the same.</param>
    /// <param name="returnUrl">The URL of the log that the user came from.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    [HttpPost]
    [ActionName(nameof(Selected))]
    public Task<IActionResult> SelectedPost(LogCommand command, string[]? ids, string? recipients, string? returnUrl, CancellationToken cancellationToken)
        => WithSelectionAsync(command, () => ReadAsync(ids, cancellationToken), returnUrl, async selection =>
        {
            if (!string.IsNullOrWhiteSpace(recipients) && !await CanChangeRecipientsAsync())
            {
                return Forbid();
            }

            if (!RecipientsParser.TryParse(recipients, out var addresses))
            {
                ModelState.AddModelError(nameof(recipients), texts.InvalidRecipients(RecipientsParser.Max).Value);

                return View(new LogSelectionViewModel { Selection = selection, ReturnUrl = returnUrl, CanChangeRecipients = true, Recipients = recipients });
            }

            var done = 0;

            try
            {
                foreach (var entry in selection.Entries)
                {
                    done += await ApplyAsync(command, entry.MailId, addresses, cancellationToken) ? 1 : 0;
                }
            }
            catch (Exception e) when (e is OutboxStorageException or DbException)
            {
                LogNotStored(e);
                await actions.UndoAsync();
                await notifier.ErrorAsync(texts.NotStored);

                return this.RedirectToLog(returnUrl);
            }

            if (done > 0)
            {
                await notifier.SuccessAsync(texts.Applied(command, done));
            }

            if (selection.Entries.Count + selection.Skipped - done is var left and > 0)
            {
                await notifier.WarningAsync(texts.NotApplied(command, left));
            }

            return this.RedirectToLog(returnUrl);
        });

    /// <summary>Whoever chooses the recipients can read the messages.</summary>
    private Task<bool> CanChangeRecipientsAsync() => authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailContent);

    private async Task<bool> ApplyAsync(LogCommand command, string mailId, IReadOnlyList<MailboxAddress>? recipients, CancellationToken cancellationToken) => command switch
    {
        LogCommand.TryNow => await actions.TryNowAsync(mailId, cancellationToken),
        LogCommand.Cancel => await actions.CancelAsync(mailId, cancellationToken),
        LogCommand.Arrived => await actions.ConfirmAsync(mailId, cancellationToken),
        _ => await actions.SendAgainAsync(mailId, recipients, cancellationToken) is not null,
    };

    private async Task<IReadOnlyList<LogEntry>> ReadAsync(string[]? ids, CancellationToken cancellationToken)
    {
        var selected = (ids ?? []).Where(id => !string.IsNullOrEmpty(id)).Distinct().Take(MaxMessages).ToArray();

        return await query.ReadAsync(selected, cancellationToken);
    }

    private async Task<IActionResult> WithSelectionAsync(LogCommand command, Func<Task<IReadOnlyList<LogEntry>>> read, string? returnUrl, Func<LogSelection, Task<IActionResult>> action)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutbox))
        {
            return Forbid();
        }

        if (!ModelState.IsValid || !Enum.IsDefined(command))
        {
            return NotFound();
        }

        var chosen = await read();
        var selection = LogSelection.Create(command, chosen);

        if (selection.Entries.Count > 0)
        {
            return await action(selection);
        }

        await notifier.WarningAsync(chosen.Count == 0 ? texts.NothingSelected : texts.NotApplied(command, chosen.Count));

        return this.RedirectToLog(returnUrl);
    }

    [LoggerMessage(47, LogLevel.Error, "A change of messages in the mail log couldn't be stored, and was undone.")]
    private partial void LogNotStored(Exception exception);
}
