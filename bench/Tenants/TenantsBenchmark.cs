using System.Diagnostics;
using System.Globalization;
using System.Net;
using Horilla.Testing;

namespace Horilla.Bench.Tenants;

/// <summary>Measures what tenants cost in one process: the time to set up and to start a tenant, and the memory of an idle one.</summary>
internal static class TenantsBenchmark
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>How long the idle host is watched: longer than the intervals of its background work.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(int count)
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        string[] names = [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"t{number}"))];
        var setUps = await SetUpAsync(data, names);

        await using var host = await HostProcess.StartAsync("Horilla.Host", data, settings: ("Logging__LogLevel__Default", "Warning"));
        using var browser = new WebBrowser(host.Address);
        var coldStart = await TimeAsync(() => browser.GetAsync("/Login"));
        await browser.GetAsync("/Login");
        await Task.Delay(Rest);
        var before = host.ResidentBytes;
        var starts = new List<double>();

        foreach (var name in names)
        {
            starts.Add(await TimeAsync(() => browser.GetAsync($"/{name}/Login")));
        }

        var lists = new List<double>();

        foreach (var name in names)
        {
            using var boss = new WebBrowser(host.Address);
            await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, $"/{name}");
            lists.Add(await TimeAsync(() => boss.GetAsync($"/{name}/Admin/OutgoingMail")));
        }

        await Task.Delay(Rest);
        var after = host.ResidentBytes;
        var busy = host.ProcessorTime;
        await Task.Delay(IdleTime);
        var idle = (host.ProcessorTime - busy) / IdleTime;

        Console.WriteLine($"{count} tenants on SQLite, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        Console.WriteLine($"setup of a tenant:                   {Show(setUps)}");
        Console.WriteLine($"first page of the default tenant:    {coldStart:F0} ms after the host's start");
        Console.WriteLine($"first page of a tenant (its start):  {Show(starts)}");
        Console.WriteLine($"first page of its server list:       {Show(lists)}");
        Console.WriteLine($"resident memory:                     {before / 1e6:F0} MB with the default tenant, {after / 1e6:F0} MB with all");
        Console.WriteLine($"per idle tenant:                     {(after - before) / 1e6 / count:F2} MB");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the idle host:                       {idle:P2} of a core"));
    }

    private static async Task<List<double>> SetUpAsync(string data, string[] names)
    {
        await using var host = await HostProcess.StartAsync("Horilla.Host", data, settings: ("Logging__LogLevel__Default", "Warning"));
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var times = new List<double>();

        foreach (var name in names)
        {
            var created = await TenantPages.CreateAsync(admin, name, new() { ["RecipeName"] = "Horilla" });
            times.Add(await TimeAsync(async () =>
            {
                using var visitor = new WebBrowser(host.Address);

                return await TenantPages.SetUpAsync(created, visitor);
            }));
        }

        await host.StopAsync();

        return times;
    }

    private static async Task<double> TimeAsync(Func<Task<WebPage>> request)
    {
        var clock = Stopwatch.GetTimestamp();
        var page = await request();

        return page.Status is HttpStatusCode.OK or HttpStatusCode.Redirect
            ? Stopwatch.GetElapsedTime(clock).TotalMilliseconds
            : throw new InvalidOperationException($"{page.Url} returned {page.Status}.");
    }

    private static string Show(List<double> times)
    {
        times.Sort();

        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:F0} ms (median), {times[(int)(times.Count * 0.95)]:F0} ms (95th percentile)");
    }
}
