namespace Horilla.Bench.Sending;

/// <summary>The result of one contestant in one case.</summary>
/// <param name="PerSecond">Messages per second.</param>
/// <param name="CpuMilliseconds">CPU time per message in the sending process, in milliseconds.</param>
/// <param name="AllocatedBytes">Bytes allocated per message, or null if unknown.</param>
/// <param name="Percentile95">The 95th percentile of the latency in milliseconds, or null if messages aren't awaited one by one.</param>
internal sealed record Measurement(double PerSecond, double CpuMilliseconds, double? AllocatedBytes, double? Percentile95);
