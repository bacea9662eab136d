namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A page of the log.</summary>
/// <param name="Options">What is shown. It may be a search in subjects, because there was nothing else.</param>
/// <param name="Entries">The rows.</param>
/// <param name="Previous">The position before which the previous page ends; null on the first page.</param>
/// <param name="Next">The position after which the next page starts; null on the last page.</param>
/// <param name="Total">The number of messages that match.</param>
/// <param name="IsBounded">Whether only the last 7 days were searched, because no period was chosen and the search would otherwise read too much.</param>
public sealed record LogPage(LogOptions Options, IReadOnlyList<LogEntry> Entries, LogCursor? Previous, LogCursor? Next, LogCount Total, bool IsBounded);
