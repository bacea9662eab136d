namespace Horilla.Bench.Sending;

/// <summary>What one contestant did in one case.</summary>
/// <param name="PerSecond">Mails in a second.</param>
/// <param name="CpuMilliseconds">Time of processors for a mail, in the process that sends.</param>
/// <param name="AllocatedBytes">Bytes allocated for a mail; null where that is not to be had.</param>
/// <param name="Percentile95">The time that 95 of 100 mails take at most, in milliseconds; null where mails are not waited for one by one.</param>
internal sealed record Measurement(double PerSecond, double CpuMilliseconds, double? AllocatedBytes, double? Percentile95);
