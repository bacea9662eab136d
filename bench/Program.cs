using System.Globalization;
using Horilla.Bench.List;
using Horilla.Bench.Log;
using Horilla.Bench.Memory;
using Horilla.Bench.Outbox;
using Horilla.Bench.Sending;
using Horilla.Bench.Tenants;

switch (args)
{
    case [] or ["--quick"]:
        return await SendingBenchmark.RunInChildProcessAsync("sending", args);
    case ["sending", var authority, var certificate, var key, .. var more]:
        await SendingBenchmark.RunAsync(authority, (certificate, key), isQuick: more is ["--quick"]);
        break;
    case ["outbox"] or ["outbox", "--quick"]:
        return await SendingBenchmark.RunInChildProcessAsync("outbox", args);
    case ["outbox", var authority, var certificate, var key, .. var more]:
        await OutboxBenchmark.RunAsync((certificate, key), isQuick: more.Contains("--quick"));
        break;
    case ["backlog"]:
        await BacklogBenchmark.RunAsync(waiting: 100_000, sent: 50_000);
        break;
    case ["relay", .. var ports]:
        await LatencyRelay.RunAsync(ports);
        break;
    case ["list"]:
        await ListBenchmark.RunAsync(10_000);
        break;
    case ["log"]:
        await LogBenchmark.RunAsync(1_000_000);
        break;
    case ["memory"]:
        await MemoryBenchmark.RunAsync(50_000);
        break;
    case ["tenants"]:
        await TenantsBenchmark.RunAsync(100);
        break;
    case ["tenants", var count] when int.TryParse(count, CultureInfo.InvariantCulture, out var number) && number > 0:
        await TenantsBenchmark.RunAsync(number);
        break;
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run -c Release --project bench [-- WHAT]
              (nothing)           compare sending speed with peers, all cases
              --quick             the same with fewer cases, in under three minutes
              outbox [--quick]    compare the outbox with SendAsync and with Hangfire
              backlog             measure what 100,000 waiting messages cost, and how long 50,000 delay another tenant's
              list                compare the list with 10,000 mail servers to the list with 10
              log                 compare the mail log with 1,000,000 messages to the log with 1,000
              memory              compare a host's memory after 50,000 more requests to that after the first 5,000
              tenants [NUMBER]    measure the time and memory that tenants take (100 by default)
            """);

        return 1;
}

return 0;
