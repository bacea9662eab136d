namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The last messages of a server, and those that wait for it.</summary>
/// <param name="Entries">The last messages.</param>
/// <param name="Day">The last 24 hours.</param>
/// <param name="Week">The last 7 days.</param>
/// <param name="Waiting">What waits, or null if nothing does.</param>
public sealed record ServerHistory(IReadOnlyList<LogEntry> Entries, LogChart Day, LogChart Week, ServerBacklog? Waiting);
