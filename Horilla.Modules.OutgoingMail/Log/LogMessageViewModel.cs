using Horilla.Modules.OutgoingMail.Outbox;
using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The page of one message.</summary>
public sealed class LogMessageViewModel
{
    /// <summary>The message.</summary>
    public required OutboxMail Mail { get; init; }

    /// <summary>How it was sent.</summary>
    public MailKind Kind { get; init; }

    /// <summary>Its size, in bytes; 0 if it's unknown.</summary>
    public long Size { get; init; }

    /// <summary>Whether its content is stored.</summary>
    public bool HasContent { get; init; }

    /// <summary>Its attempts, the last one first.</summary>
    public IReadOnlyList<LogAttempt> Attempts { get; init; } = [];

    /// <summary>Its server; null if there is none or it was deleted.</summary>
    public OutgoingMailConfiguration? Configuration { get; set; }

    /// <summary>The servers of its attempts, by ID. Deleted ones are left out.</summary>
    public IReadOnlyDictionary<string, OutgoingMailConfiguration> AttemptConfigurations { get; set; } = new Dictionary<string, OutgoingMailConfiguration>();

    /// <summary>The label of its category; null if it has none.</summary>
    public string? Category { get; set; }

    /// <summary>Whether the user may act on it.</summary>
    public bool CanManageOutbox { get; set; }

    /// <summary>Whether the user may edit its server.</summary>
    public bool CanManageServers { get; set; }

    /// <summary>Whether the user may read its content.</summary>
    public bool CanViewContent { get; set; }

    /// <summary>Its content, if the user may read it and it can be read.</summary>
    public LogContent? Content { get; set; }

    /// <summary>Whether it's waiting, so that it can be tried now or cancelled.</summary>
    public bool IsWaiting => Mail.State is OutboxMailState.Scheduled or OutboxMailState.Queued;

    /// <summary>How often the page refreshes by itself, in seconds; null if nothing changes any longer.</summary>
    public int? RefreshSeconds => Mail.State switch
    {
        OutboxMailState.Sending => 3,
        OutboxMailState.Queued or OutboxMailState.Scheduled => Mail.NextAttemptUtc - TimeProvider.System.GetUtcNow().UtcDateTime < TimeSpan.FromMinutes(1) ? 3 : 15,
        _ => null,
    };

    /// <summary>Whether it can be sent again.</summary>
    public bool CanSendAgain => HasContent && Mail.State >= OutboxMailState.Sent;
}
