namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A message that this node is to send, until another node finds its lease expired.</summary>
/// <param name="Mail">The message, as it was claimed.</param>
/// <param name="Server">The health of its server.</param>
/// <param name="At">When it was claimed, in ticks.</param>
internal sealed record OutboxClaim(OutboxMailRow Mail, ServerHealth Server, long At)
{
    /// <summary>The recipients.</summary>
    public IReadOnlyList<OutboxRecipientRow> Recipients { get; init; } = [];

    /// <summary>The stored content of a small message; null if it has to be read.</summary>
    public byte[]? Content { get; init; }
}
