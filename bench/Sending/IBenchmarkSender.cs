namespace Horilla.Bench.Sending;

/// <summary>A way to send messages, to compare with others.</summary>
internal interface IBenchmarkSender : IAsyncDisposable
{
    /// <summary>The name in the result table.</summary>
    string Name { get; }

    /// <summary>Whether it supports a case.</summary>
    bool Supports(BenchmarkCase what) => true;

    /// <summary>Sends messages for the given time, and measures after the warm-up.</summary>
    Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time);
}
