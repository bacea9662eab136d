using System.Globalization;
using Horilla.Bench.Sending;
using Horilla.Testing;

namespace Horilla.Bench.Outbox;

/// <summary>
/// Measures how fast the outbox is drained, as ratios within the same run: compared with the module's own SendAsync with as
/// many connections, and with Hangfire, whose jobs send with MailKit.
/// </summary>
internal static class OutboxBenchmark
{
    private const int Bytes = 2_000;

    /// <summary>The connections of all contestants. The outbox keeps one of them for urgent messages.</summary>
    private const int Connections = 10;

    public static async Task RunAsync((string Certificate, string Key) certificate, bool isQuick)
    {
        await using var sink = await MailSink.StartAsync(certificate);
        await using var relay = await SendingBenchmark.RelayAsync(sink.SecurePort, out var slowPort);
        await using var postgreSql = await PostgreSqlServer.StartAsync();
        BenchmarkCase[] cases =
        [
            new(sink.PlainPort, IsSecure: false, TimeSpan.Zero, Connections, Bytes) { MaxConnections = Connections },
            new(slowPort, IsSecure: true, SendingBenchmark.AddedLatency, Connections, Bytes) { MaxConnections = Connections },
        ];
        var ratios = new Dictionary<string, double>();
        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");

        foreach (var database in (string?[])[null, await postgreSql.CreateDatabaseAsync()])
        {
            var name = database is null ? "SQLite" : "PostgreSQL";
            await using var horilla = await HorillaSender.StartAsync(database);
            var outbox = new OutboxDrain(horilla);
            await using var hangfire = database is null ? HangfireSender.ForSqlite() : HangfireSender.ForPostgreSql(await postgreSql.CreateDatabaseAsync());
            await outbox.RunAsync(cases[1], 200);

            foreach (var what in cases)
            {
                var isSlow = what.Delay > TimeSpan.Zero;
                var count = isQuick ? isSlow ? 1_000 : 3_000 : 10_000;
                var drained = await outbox.RunAsync(what, count);
                var direct = await MeasureDirectAsync(horilla, what, isQuick);
                var jobs = await hangfire.RunAsync(what, isQuick ? isSlow ? 100 : 500 : isSlow ? 500 : 2_000);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {what}: outbox {drained:0}/s, SendAsync {direct:0}/s ({drained / direct:0.00}), Hangfire {jobs:0}/s ({drained / jobs:0.0})"));
                Keep(ratios, isSlow ? "outbox-20ms" : "outbox-loopback", drained / direct);
                Keep(ratios, isSlow ? "hangfire-20ms" : "hangfire-loopback", drained / jobs);
            }

            var (single, many) = await outbox.MeasureEnqueueAsync(cases[0], isQuick ? 500 : 2_000);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, enqueueing: EnqueueAsync {single:0}/s ({1000 / single:0.0} ms each), EnqueueManyAsync {many:0}/s"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Join(' ', ratios.Select(ratio => string.Create(CultureInfo.InvariantCulture, $"{ratio.Key}={ratio.Value:0.00}"))));
    }

    private static async Task<double> MeasureDirectAsync(HorillaSender horilla, BenchmarkCase what, bool isQuick)
    {
        var measured = await horilla.RunAsync(what, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(isQuick ? 3 : 10));

        return measured.PerSecond;
    }

    /// <summary>Keeps the least favorable ratio.</summary>
    private static void Keep(Dictionary<string, double> ratios, string name, double ratio) => ratios[name] = Math.Min(ratios.GetValueOrDefault(name, double.MaxValue), ratio);
}
