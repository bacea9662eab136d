using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A message that was sent at once, as the log stores it.</summary>
/// <param name="Kind">How it was sent.</param>
/// <param name="MessageId">The Message-ID.</param>
/// <param name="Sender">The address of the sender.</param>
/// <param name="Recipients">The addresses of the first recipients.</param>
/// <param name="RecipientCount">The number of all recipients.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Category">The category, or null.</param>
/// <param name="Result">The result.</param>
/// <param name="EndedAt">When it ended, in ticks.</param>
internal sealed record DirectLogEntry(MailKind Kind, string MessageId, string Sender, IReadOnlyList<string> Recipients, int RecipientCount, string Subject, string? Category, OutgoingMailResult Result, long EndedAt)
{
    /// <summary>The state in the log.</summary>
    public OutboxMailState State => Result.Status switch
    {
        OutgoingMailStatus.Sent => OutboxMailState.Sent,
        OutgoingMailStatus.PartiallySent => OutboxMailState.PartiallySent,
        _ => OutboxMailState.Failed,
    };
}
