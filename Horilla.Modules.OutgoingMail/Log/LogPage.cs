namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A page of the log.</summary>
/// <param name="Entries">The rows.</param>
/// <param name="Previous">The position before which the previous page ends; null on the first page.</param>
/// <param name="Next">The position after which the next page starts; null on the last page.</param>
/// <param name="Total">The number of messages that match; <see cref="LogQuery.MaxCount"/> + 1 for more.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, LogCursor? Previous, LogCursor? Next, int Total);
