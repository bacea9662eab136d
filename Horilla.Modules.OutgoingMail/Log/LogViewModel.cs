namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The page of the log.</summary>
public sealed class LogViewModel
{
    /// <summary>The search, filters and position.</summary>
    public required LogOptions Options { get; init; }

    /// <summary>The rows.</summary>
    public required LogPage Page { get; init; }

    /// <summary>The servers, by ID.</summary>
    public required IReadOnlyDictionary<string, string> Servers { get; init; }

    /// <summary>The labels of the categories, by name.</summary>
    public required IReadOnlyDictionary<string, string> Categories { get; init; }

    /// <summary>How many messages wait.</summary>
    public LogCount Waiting { get; init; }

    /// <summary>How many messages are in doubt.</summary>
    public LogCount InDoubt { get; init; }

    /// <summary>The chart.</summary>
    public required LogChart Chart { get; init; }

    /// <summary>Whether the outbox is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the user may change the outbox.</summary>
    public bool CanManageOutbox { get; init; }
}
