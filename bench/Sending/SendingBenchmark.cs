using System.Diagnostics;
using System.Globalization;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>
/// Measures how fast messages are sent, as ratios within the same run: compared with MailKit on one persistent connection,
/// MailKit with one connection per message, and nodemailer.
/// </summary>
internal static class SendingBenchmark
{
    private const int Small = 2_000;
    private const int Large = 1_000_000;

    /// <summary>The latency that <see cref="RelayAsync"/> adds to each round trip.</summary>
    public static readonly TimeSpan AddedLatency = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs the benchmark in a child process that trusts the test authority. The trust has to be set before a process starts.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="arguments">More arguments.</param>
    public static async Task<int> RunInChildProcessAsync(string benchmark, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificateAuthority(folder.Path, "Bench Authority");
        var (certificate, key) = authority.Issue("bench", "localhost");
        var start = SelfStartInfo(benchmark, authority.CertificateFile, certificate, key);
        start.Environment["SSL_CERT_FILE"] = authority.CertificateFile;

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();

        return process.ExitCode;
    }

    /// <summary>Runs the measurements in the current process, which has to trust the authority.</summary>
    /// <param name="authority">The path of the authority's certificate.</param>
    /// <param name="certificate">The certificate and key of the mail server.</param>
    /// <param name="isQuick">Whether to run fewer cases for a shorter time.</param>
    public static async Task RunAsync(string authority, (string Certificate, string Key) certificate, bool isQuick)
    {
        await using var sink = await MailSink.StartAsync(certificate);
        await using var slowPlain = await RelayAsync(sink.PlainPort, out var slowPlainPort);
        await using var slowSecure = await RelayAsync(sink.SecurePort, out var slowSecurePort);
        await using var horilla = await HorillaSender.StartAsync();
        var nodemailer = await NodemailerSender.InstallAsync(authority);
        IBenchmarkSender[] contestants = [horilla, new HorillaBatchSender(horilla), new PersistentConnectionSender(), new ConnectionPerMessageSender(), .. nodemailer is null ? Array.Empty<IBenchmarkSender>() : [nodemailer]];

        (int Port, bool IsSecure, TimeSpan Delay)[] ways = [(sink.PlainPort, false, TimeSpan.Zero), (sink.SecurePort, true, TimeSpan.Zero), (slowPlainPort, false, AddedLatency), (slowSecurePort, true, AddedLatency)];
        var all =
            from way in ways
            from bytes in new[] { Small, Large }
            from senders in new[] { 1, 4, 16 }
            select new BenchmarkCase(way.Port, way.IsSecure, way.Delay, senders, bytes);
        BenchmarkCase[] cases = isQuick ? [.. all.Where(IsInQuickRun)] : [.. all];
        var (warmUp, time, rounds) = isQuick ? (0.5, 1.2, 2) : (0.8, 2.0, 2);

        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {cases.Length} cases, {rounds} rounds of {time.ToString(CultureInfo.InvariantCulture)} s");

        foreach (var contestant in contestants)
        {
            await contestant.RunAsync(cases[0], TimeSpan.FromSeconds(isQuick ? 1 : 3), TimeSpan.FromSeconds(0.5));
        }

        var table = new ResultTable();

        foreach (var what in cases)
        {
            for (var round = 0; round < rounds; round++)
            {
                foreach (var contestant in contestants.Where(contestant => contestant.Supports(what)))
                {
                    table.Add(what, contestant.Name, await contestant.RunAsync(what, TimeSpan.FromSeconds(warmUp), TimeSpan.FromSeconds(time)));
                }
            }

            table.Write(what, horilla.Name);
        }

        var bulk = cases.Single(what => what is { IsSecure: true, Senders: 1, Bytes: Small } && what.Delay == AddedLatency);
        var held = table.MinRatio(horilla.Name, "MailKit, one persistent connection");
        var perMessage = table.Ratio(bulk, "Horilla, SendManyAsync", "MailKit, one connection per message");
        var node = nodemailer is null ? "none" : Text(table.MinRatio(horilla.Name, nodemailer.Name));
        Console.WriteLine();
        Console.WriteLine($"held={Text(held)} per-message={Text(perMessage)} nodemailer={node}");
    }

    /// <summary>Covers each server, latency, size and number of senders at least once, and the worst case of each ratio.</summary>
    private static bool IsInQuickRun(BenchmarkCase what) => (what.IsSecure, what.Delay > TimeSpan.Zero, what.Bytes, what.Senders) switch
    {
        (_, false, Small, 1 or 4) => true,
        (false, false, Small, 16) => true,
        (true, true, Small, 1 or 4) => true,
        (_, false, Large, 1) => true,
        _ => false,
    };

    private static string Text(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>Starts a relay that adds latency.</summary>
    public static Task<ServerProcess> RelayAsync(int target, out int port)
    {
        var own = port = FreePort.Next();

        return StartAsync();

        async Task<ServerProcess> StartAsync()
        {
            var start = SelfStartInfo([.. new[] { own, target, (AddedLatency / 2).TotalMilliseconds }.Select(number => number.ToString(CultureInfo.InvariantCulture)).Prepend("relay")]);
            var process = new ServerProcess(start.FileName, start.ArgumentList);
            await FreePort.WaitForListenerAsync(own, () => process.Output);

            return process;
        }
    }

    /// <summary>Starts this program again, with other arguments.</summary>
    private static ProcessStartInfo SelfStartInfo(params string[] arguments)
        => new("dotnet", [typeof(SendingBenchmark).Assembly.Location, .. arguments]);
}
