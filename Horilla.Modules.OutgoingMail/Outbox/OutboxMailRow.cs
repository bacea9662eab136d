namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A row of <see cref="OutboxTables.Mail"/>. Times are ticks in UTC.</summary>
internal sealed class OutboxMailRow
{
    public string MailId { get; init; } = "";

    public string MessageId { get; init; } = "";

    public MailKind Kind { get; init; }

    public OutboxMailState State { get; init; }

    public OutboxPriority Priority { get; init; }

    /// <summary>The server; empty while none fits.</summary>
    public string ConfigurationId { get; init; } = "";

    /// <summary>The server that it was moved away from, because that one couldn't be used; null if there is none.</summary>
    public string? RoutedFrom { get; init; }

    public string? Category { get; init; }

    public string Sender { get; init; } = "";

    public string Subject { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? NotBefore { get; init; }

    public long? ExpiresAt { get; init; }

    /// <summary>When it was first to be sent: the period in which it's tried starts here.</summary>
    public long FirstDueAt { get; init; }

    /// <summary>The time of the next attempt. Kept when it ends.</summary>
    public long DueAt { get; init; }

    public long? EndedAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>Grows with each claim. Each later write of the node that claimed it names this number.</summary>
    public long ClaimNumber { get; init; }

    /// <summary>The size of the content before compression, in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Whether the content is stored.</summary>
    public bool HasContent { get; init; }

    public string OptionsJson { get; init; } = "";

    public string? ErrorJson { get; init; }

    /// <summary>Returns how it is sent.</summary>
    public StoredOptions GetOptions() => StoredOptions.Parse(OptionsJson);
}
