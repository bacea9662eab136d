namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The tables of the outbox. They aren't documents, because claims and results are conditional updates of many rows.</summary>
internal static class OutboxTables
{
    /// <summary>A row for each message: its state and what the log shows of it.</summary>
    public const string Mail = "OutgoingMailOutbox";

    /// <summary>The recipients of a message, and who of them is done.</summary>
    public const string Recipient = "OutgoingMailOutboxRecipient";

    /// <summary>The content of a message, in numbered chunks.</summary>
    public const string Content = "OutgoingMailOutboxContent";

    /// <summary>The attempts to send a message.</summary>
    public const string Attempt = "OutgoingMailOutboxAttempt";

    /// <summary>The idempotency keys of messages.</summary>
    public const string Key = "OutgoingMailOutboxKey";

    /// <summary>The state of the servers that messages wait for.</summary>
    public const string Server = "OutgoingMailOutboxServer";

    /// <summary>How many messages were sent and failed in an hour, by server. The log's chart doesn't count messages.</summary>
    public const string Hour = "OutgoingMailOutboxHour";

    /// <summary>How much was sent through the servers that have a limit.</summary>
    public const string Limit = "OutgoingMailOutboxLimit";
}
