namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>An attempt to send a message.</summary>
/// <param name="Number">The number of the attempt, 1 or more.</param>
/// <param name="EndedUtc">When it ended, in UTC.</param>
/// <param name="Result">Its result.</param>
public sealed record LogAttempt(int Number, DateTime EndedUtc, OutgoingMailResult Result);
