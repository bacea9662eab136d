using System.Globalization;
using Horilla.Bench.Tenants;

switch (args)
{
    case ["tenants"]:
        await TenantsBenchmark.RunAsync(100);
        break;
    case ["tenants", var count] when int.TryParse(count, CultureInfo.InvariantCulture, out var number) && number > 0:
        await TenantsBenchmark.RunAsync(number);
        break;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench -- tenants [NUMBER]   how much memory and time tenants take");

        return 1;
}

return 0;
