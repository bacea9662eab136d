using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Infrastructure;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>
/// OrchardCore's own way to send mail goes through the tenant's outgoing mail servers: password resets, workflows and
/// notifications need not know of them.
/// </summary>
public sealed class OutgoingMailEmailProvider(IOutgoingMailService mail, MailMessageReader reader, IStringLocalizer<OutgoingMailEmailProvider> S) : IEmailProvider
{
    /// <summary>The name that e-mail settings know it by.</summary>
    public const string TechnicalName = "Horilla Outgoing Mail";

    /// <inheritdoc />
    public LocalizedString DisplayName => S["Horilla Outgoing Mail"];

    /// <inheritdoc />
    public async Task<Result> SendAsync(MailMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var errors = new List<ResultError>();
        using var read = reader.Read(message, errors);

        if (errors.Count > 0)
        {
            return Result.Failed([.. errors]);
        }

        var result = await mail.SendAsync(read, cancellationToken: cancellationToken);

        return result.Status switch
        {
            // Who fails silently fails here too: the caller is not told.
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
