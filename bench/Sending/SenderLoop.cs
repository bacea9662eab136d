using System.Diagnostics;
using MimeKit;

namespace Horilla.Bench.Sending;

/// <summary>Runs concurrent senders in this process for a while, and measures them.</summary>
internal static class SenderLoop
{
    /// <summary>Lets senders send for a while, and counts what they sent.</summary>
    /// <param name="what">The case.</param>
    /// <param name="warmUp">How long they send before the measurement starts.</param>
    /// <param name="time">The duration of the measurement.</param>
    /// <param name="useAsync">Passes each sender the function that sends a message. Completes when the sender does.</param>
    public static async Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time, Func<Func<Func<MimeMessage, Task>, Task>, Task> useAsync)
    {
        using var counter = new MeasurementRecorder(warmUp, time);
        await Task.WhenAll(Enumerable.Range(0, what.Senders).Select(_ => Task.Run(() => useAsync(async send =>
        {
            var latencies = new List<double>();

            while (!counter.IsOver)
            {
                using var message = what.Compose();
                var began = Stopwatch.GetTimestamp();
                await send(message);

                if (counter.Counts)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }

            counter.Add(latencies);
        }))));

        return counter.Result();
    }
}
