using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Infrastructure;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>
/// Makes OrchardCore's email service send through the tenant's outgoing mail servers, so that password resets, workflows and
/// notifications use them without changes.
/// </summary>
public sealed class OutgoingMailEmailProvider(IOutgoingMailService mail, MailMessageMapper mapper, IStringLocalizer<OutgoingMailEmailProvider> S) : IEmailProvider
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

        var result = await mail.SendAsync(mimeMessage, cancellationToken: cancellationToken);

        return result.Status switch
        {
            // A server that fails silently does so here too: the caller gets a success.
            OutgoingMailStatus.Sent or OutgoingMailStatus.Suppressed => Result.Success(),
            OutgoingMailStatus.PartiallySent => Result.Failed([.. result.RefusedRecipients.Select(refusal => Error(nameof(MailMessage.To), refusal.Error))]),
            _ => Result.Failed(Error("", result.Error!)),
        };
    }

    private static ResultError Error(string key, OutgoingMailError error) => new()
    {
        Key = key,
        Message = new LocalizedString(error.Code, $"{error.Message} {error.NextStep}"),
    };
}
