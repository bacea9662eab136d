namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A bar of the chart.</summary>
/// <param name="StartUtc">When its hour or day begins, in UTC.</param>
/// <param name="Sent">The number of messages that were sent.</param>
/// <param name="Failed">The number of messages that failed.</param>
public sealed record LogChartBar(DateTime StartUtc, int Sent, int Failed);
