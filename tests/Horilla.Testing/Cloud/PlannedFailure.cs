namespace Horilla.Testing.Cloud;

/// <summary>What the stand-in answers instead of the right answer.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">The error code.</param>
/// <param name="Description">The text of it.</param>
/// <param name="RetryAfter">After how many seconds to ask again; null for no word of it.</param>
/// <param name="Delay">How long it takes for that; null for no time.</param>
public sealed record PlannedFailure(int Status, string Code, string Description = "", int? RetryAfter = null, TimeSpan? Delay = null);
