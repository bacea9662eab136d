using System.Globalization;
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
              tenants [NUMBER]    how much memory and time tenants take
            """);

        return 1;
}

return 0;
