using System.Globalization;
using Horilla.Bench.List;
using Horilla.Bench.Memory;
using Horilla.Bench.Sending;
using Horilla.Bench.Tenants;

switch (args)
{
    case [] or ["--quick"]:
        return await SendingBenchmark.StartAsync(args);
    case ["sending", var authority, var certificate, var key, .. var more]:
        await SendingBenchmark.RunAsync(authority, (certificate, key), isQuick: more is ["--quick"]);
        break;
    case ["relay", .. var ports]:
        await SlowRelay.RunAsync(ports);
        break;
    case ["list"]:
        await ListBenchmark.RunAsync(10_000);
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
              (nothing)           how fast mails go out, against its peers: all cases
              --quick             the same in fewer cases, in under three minutes
              list                what a page of the list costs with 10,000 mail servers, against 10
              memory              what a host occupies after 50,000 requests, against after the first ones
              tenants [NUMBER]    how much memory and time tenants take
            """);

        return 1;
}

return 0;
