namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The messages that wait for a server.</summary>
/// <param name="Count">Their number.</param>
/// <param name="FailingSinceUtc">Since when the server is failing, in UTC; null if it isn't.</param>
/// <param name="BlockedUntilUtc">When the server is tried again, in UTC; null if it isn't blocked.</param>
/// <param name="Error">Why the server is failing; null if it isn't.</param>
public sealed record ServerBacklog(LogCount Count, DateTime? FailingSinceUtc, DateTime? BlockedUntilUtc, OutgoingMailError? Error);
