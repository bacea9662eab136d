namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A row of <see cref="OutboxTables.Recipient"/>.</summary>
internal sealed class OutboxRecipientRow
{
    public string MailId { get; init; } = "";

    public string Address { get; init; } = "";

    public OutboxRecipientState State { get; init; }

    public string? ErrorJson { get; init; }
}
