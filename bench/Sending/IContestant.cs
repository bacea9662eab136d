namespace Horilla.Bench.Sending;

/// <summary>A way to send mails.</summary>
internal interface IContestant : IAsyncDisposable
{
    /// <summary>What the table calls it.</summary>
    string Name { get; }

    /// <summary>Whether it can take part in a case.</summary>
    bool TakesPart(BenchCase what) => true;

    /// <summary>Sends for so long, and measures the end of it.</summary>
    Task<Measurement> RunAsync(BenchCase what, TimeSpan warmUp, TimeSpan time);
}
