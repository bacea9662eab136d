using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A row of the log.</summary>
public sealed class LogEntry
{
    /// <summary>The ID of the message.</summary>
    public string MailId { get; init; } = "";

    /// <summary>How it was sent.</summary>
    public MailKind Kind { get; init; }

    /// <summary>The state.</summary>
    public OutboxMailState State { get; init; }

    /// <summary>The ID of the server; empty if there is none.</summary>
    public string ConfigurationId { get; init; } = "";

    /// <summary>The category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When it was created, in ticks.</summary>
    public long CreatedAt { get; init; }

    /// <summary>The time of the next attempt, in ticks.</summary>
    public long DueAt { get; init; }

    /// <summary>The number of attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether the content is stored.</summary>
    public bool HasContent { get; init; }

    /// <summary>Its first recipients.</summary>
    public IReadOnlyList<string> Recipients { get; set; } = [];

    /// <summary>The number of recipients.</summary>
    public int RecipientCount { get; set; }

    /// <summary>Whether a command can be applied to it.</summary>
    public bool CanApply(LogCommand command) => command switch
    {
        LogCommand.TryNow or LogCommand.Cancel => State is OutboxMailState.Scheduled or OutboxMailState.Queued,
        LogCommand.Arrived => State == OutboxMailState.InDoubt,
        _ => State >= OutboxMailState.Sent && HasContent,
    };

    /// <summary>Its position.</summary>
    public LogCursor Cursor => new(CreatedAt, MailId);
}
