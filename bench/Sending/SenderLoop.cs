using System.Diagnostics;
using MimeKit;

namespace Horilla.Bench.Sending;

/// <summary>Has senders of this process send for a while, and measures.</summary>
internal static class SenderLoop
{
    /// <param name="what">The case.</param>
    /// <param name="warmUp">How long they send before it counts.</param>
    /// <param name="time">How long it counts.</param>
    /// <param name="useAsync">Gives each sender what it sends a mail by, and ends when the sender has.</param>
    public static async Task<Measurement> RunAsync(BenchCase what, TimeSpan warmUp, TimeSpan time, Func<Func<Func<MimeMessage, Task>, Task>, Task> useAsync)
    {
        using var counter = new Counter(warmUp, time);
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
