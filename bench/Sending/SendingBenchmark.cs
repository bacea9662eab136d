using System.Diagnostics;
using System.Globalization;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>
/// How fast mails go out, as ratios in the same run: against MailKit on a held connection, MailKit with a connection for
/// each mail, and nodemailer.
/// </summary>
internal static class SendingBenchmark
{
    private const int Small = 2_000;
    private const int Large = 1_000_000;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it in a process of its own, which trusts the bench's authority: that has to be said before it starts.</summary>
    public static async Task<int> StartAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority(folder.Path, "Bench Authority");
        var (certificate, key) = authority.Issue("bench", "localhost");
        var start = Self("sending", authority.CertificateFile, certificate, key);
        start.Environment["SSL_CERT_FILE"] = authority.CertificateFile;

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();

        return process.ExitCode;
    }

    /// <summary>Measures, in a process that trusts the authority.</summary>
    /// <param name="authority">The file of its certificate.</param>
    /// <param name="certificate">The certificate of the mail server.</param>
    /// <param name="isQuick">Fewer cases, for less time.</param>
    public static async Task RunAsync(string authority, (string Certificate, string Key) certificate, bool isQuick)
    {
        await using var sink = await MailSink.StartAsync(certificate);
        await using var slowPlain = await RelayAsync(sink.PlainPort, out var slowPlainPort);
        await using var slowSecure = await RelayAsync(sink.SecurePort, out var slowSecurePort);
        await using var horilla = await HorillaContestant.StartAsync();
        var nodemailer = await Nodemailer.InstallAsync(authority);
        IContestant[] contestants = [horilla, new HorillaStream(horilla), new HeldConnection(), new ConnectionPerMessage(), .. nodemailer is null ? Array.Empty<IContestant>() : [nodemailer]];

        (int Port, bool IsSecure, TimeSpan Delay)[] ways = [(sink.PlainPort, false, TimeSpan.Zero), (sink.SecurePort, true, TimeSpan.Zero), (slowPlainPort, false, RoundTrip), (slowSecurePort, true, RoundTrip)];
        var all =
            from way in ways
            from bytes in new[] { Small, Large }
            from senders in new[] { 1, 4, 16 }
            select new BenchCase(way.Port, way.IsSecure, way.Delay, senders, bytes);
        BenchCase[] cases = isQuick ? [.. all.Where(IsOfQuick)] : [.. all];
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
                foreach (var contestant in contestants.Where(contestant => contestant.TakesPart(what)))
                {
                    table.Add(what, contestant.Name, await contestant.RunAsync(what, TimeSpan.FromSeconds(warmUp), TimeSpan.FromSeconds(time)));
                }
            }

            table.Write(what, horilla.Name);
        }

        var bulk = cases.Single(what => what is { IsSecure: true, Senders: 1, Bytes: Small } && what.Delay == RoundTrip);
        var held = table.Least(horilla.Name, "MailKit, one held connection");
        var perMessage = table.Ratio(bulk, "Horilla, SendManyAsync", "MailKit, a connection per mail");
        var node = nodemailer is null ? "none" : Text(table.Least(horilla.Name, nodemailer.Name));
        Console.WriteLine();
        Console.WriteLine($"held={Text(held)} per-message={Text(perMessage)} nodemailer={node}");
    }

    /// <summary>Each server, latency, size and number of senders at least once, and the case that each ratio is worst in.</summary>
    private static bool IsOfQuick(BenchCase what) => (what.IsSecure, what.Delay > TimeSpan.Zero, what.Bytes, what.Senders) switch
    {
        (_, false, Small, 1 or 4) => true,
        (false, false, Small, 16) => true,
        (true, true, Small, 1 or 4) => true,
        (_, false, Large, 1) => true,
        _ => false,
    };

    private static string Text(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static Task<ServerProcess> RelayAsync(int target, out int port)
    {
        var own = port = FreePort.Next();

        return StartAsync();

        async Task<ServerProcess> StartAsync()
        {
            var start = Self([.. new[] { own, target, (RoundTrip / 2).TotalMilliseconds }.Select(number => number.ToString(CultureInfo.InvariantCulture)).Prepend("relay")]);
            var process = new ServerProcess(start.FileName, start.ArgumentList);
            await FreePort.ListensAsync(own, () => process.Output);

            return process;
        }
    }

    /// <summary>This program once more.</summary>
    private static ProcessStartInfo Self(params string[] arguments)
        => new("dotnet", [typeof(SendingBenchmark).Assembly.Location, .. arguments]);
}
