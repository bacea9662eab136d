namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A message that is to be stored.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Recipients">Its recipients.</param>
internal sealed record OutboxNewMail(OutboxMailRow Row, IReadOnlyList<OutboxRecipientRow> Recipients)
{
    /// <summary>Whether it's sent again if it is in doubt.</summary>
    public bool ResendsIfInDoubt { get; init; }

    /// <summary>The attempt that has already been made; null if there was none.</summary>
    public OutgoingMailResult? FirstAttempt { get; init; }
}
