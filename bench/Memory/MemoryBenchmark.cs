using System.Globalization;
using System.Net;
using Horilla.Testing;

namespace Horilla.Bench.Memory;

/// <summary>Detects memory leaks: compares the resident memory of a host after many requests to that after the first ones.</summary>
internal static class MemoryBenchmark
{
    private const int Clients = 4;
    private const int FirstRequests = 5_000;

    private static readonly string[] Urls = ["/Admin/OutgoingMail", "/Admin/OutgoingMail?search=bench", "/Admin/OutgoingMail/Create/Mail", "/Admin/OutgoingMail/Create/Outlook", "/Admin/Users/Index", "/Admin/Features/Index", "/Login", "/no/such/page"];

    public static async Task RunAsync(int requests)
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"), settings: ("Logging__LogLevel__Default", "Warning"));
        await RequestAsync(host, FirstRequests);
        var before = host.ResidentBytes;
        await RequestAsync(host, requests);
        var after = host.ResidentBytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{before >> 20} MB after {FirstRequests} requests, {after >> 20} MB after {requests} more"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory={(double)after / before:F2}"));
    }

    private static Task RequestAsync(HostProcess host, int count) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RequestAloneAsync(host, count / Clients)));

    private static async Task RequestAloneAsync(HostProcess host, int count)
    {
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        for (var number = 0; number < count; number++)
        {
            var url = Urls[number % Urls.Length];
            var page = await admin.GetAsync(url);

            if (page.Status >= HttpStatusCode.InternalServerError)
            {
                throw new InvalidOperationException($"{url} returned {page.Status}.");
            }
        }
    }
}
