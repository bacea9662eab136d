using Horilla.Modules.OutgoingMail.Outbox;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Email;
using OrchardCore.Infrastructure;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>
/// Makes OrchardCore's email service send through the tenant's outgoing mail servers, so that password resets, workflows and
/// notifications use them without changes.
/// </summary>
public sealed class OutgoingMailEmailProvider(IOutgoingMailService mail, IOutgoingMailOutbox outbox, MailMessageMapper mapper, ISiteService siteService, IStringLocalizer<OutgoingMailEmailProvider> S) : IEmailProvider
{
    /// <summary>The name of the provider in the email settings.</summary>
    public const string TechnicalName = "Horilla Outgoing Mail";

    /// <inheritdoc />
    public LocalizedString DisplayName => S["Horilla Outgoing Mail"];

    /// <inheritdoc />
    public async Task<Result> SendAsync(MailMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var errors = new List<ResultError>();
        using var mimeMessage = mapper.ToMimeMessage(message, errors);

        if (errors.Count > 0)
        {
            return Result.Failed([.. errors]);
        }

        var mode = (await siteService.GetSettingsAsync<OutboxSettings>()).EmailServiceMode;

        return mode == EmailServiceMode.InBackground
            ? await EnqueueAsync(mimeMessage, cancellationToken)
            : await SendAsync(mimeMessage, new OutgoingMailOptions { RetryInBackground = mode == EmailServiceMode.AtOnceThenLater }, cancellationToken);
    }

    private async Task<Result> SendAsync(MimeMessage message, OutgoingMailOptions options, CancellationToken cancellationToken)
    {
        var result = await mail.SendAsync(message, options, cancellationToken);

        return result.Status switch
        {
            // A server that fails silently does so here too: the caller gets a success. A queued message will be sent.
            OutgoingMailStatus.Sent or OutgoingMailStatus.Suppressed or OutgoingMailStatus.Queued => Result.Success(),
            OutgoingMailStatus.PartiallySent => Result.Failed([.. result.RefusedRecipients.Select(refusal => Error(nameof(MailMessage.To), refusal.Error))]),
            _ => Result.Failed(Error("", result.Error!)),
        };
    }

    private async Task<Result> EnqueueAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.EnqueueAsync(message, cancellationToken: cancellationToken);

            return Result.Success();
        }
        catch (Exception e) when (e is OutboxMessageTooLargeException or OutboxStorageException)
        {
            return Result.Failed(new ResultError { Key = "", Message = new LocalizedString("not-stored", e.Message) });
        }
    }

    private static ResultError Error(string key, OutgoingMailError error) => new()
    {
        Key = key,
        Message = new LocalizedString(error.Code, $"{error.Message} {error.NextStep}"),
    };
}
