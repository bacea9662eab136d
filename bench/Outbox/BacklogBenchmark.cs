using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;

namespace Horilla.Bench.Outbox;

/// <summary>Measures what many waiting messages cost: the memory and CPU time of a host that waits with them, and how long they delay another tenant.</summary>
internal static class BacklogBenchmark
{
    private const string Other = "other";
    private const int Messages = 20;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Fills the outbox of a server that is down, and then that of one that works.</summary>
    /// <param name="waiting">The number of messages that wait for the server that is down.</param>
    /// <param name="sent">The number of messages of one tenant that are being sent while another one sends.</param>
    public static async Task RunAsync(int waiting, int sent)
    {
        using var folder = new TemporaryFolder();
        var data = folder.CreateSubfolder("data");
        var empty = await MeasureRestAsync(data);
        await FillAsync(data, FreePort.Next(), waiting);
        var full = await MeasureRestAsync(data);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SQLite, {Environment.ProcessorCount} cores, .NET {Environment.Version}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a host at rest:                     {empty.Bytes / 1e6:F0} MB, {empty.Cpu:P2} of a core"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"with {waiting} waiting messages:       {full.Bytes / 1e6:F0} MB, {full.Cpu:P2} of a core"));
        await MeasureNeighborAsync(folder.CreateSubfolder("neighbors"), sent);
    }

    /// <summary>Returns the memory and the CPU time of a host that has just started and does nothing.</summary>
    private static async Task<(long Bytes, double Cpu)> MeasureRestAsync(string data)
    {
        await using var host = await StartAsync(data);
        using var browser = new WebBrowser(host.Address);
        await browser.GetAsync("/Login");
        await Task.Delay(Rest);
        var before = host.ProcessorTime;
        await Task.Delay(Rest);

        return (host.ResidentBytes, (host.ProcessorTime - before) / Rest);
    }

    private static async Task FillAsync(string data, int port, int count)
    {
        await using var host = await StartAsync(data);
        using var admin = await SignInAsync(host);
        await EnqueueAsync(admin, "", await CreateServerAsync(admin, "", port), count);
    }

    /// <summary>Measures how long a message takes from its commit to the server while another tenant sends many.</summary>
    private static async Task MeasureNeighborAsync(string data, int count)
    {
        await using var server = new FakeSmtpServer();
        await using var host = await StartAsync(data);
        using var admin = await SignInAsync(host);
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, host.Address, Other, new() { ["RecipeName"] = "Test" });
        var own = await CreateServerAsync(boss, "/" + Other, server.Port);
        await TimeAsync(boss, own);
        var alone = await MedianAsync(boss, own);
        await EnqueueAsync(admin, "", await CreateServerAsync(admin, "", server.Port), count);
        var beside = await MedianAsync(boss, own);
        var waiting = (await admin.GetAsync("/Admin/OutgoingMail/Log?state=queued")).TextOf(".om-list-footer p");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a message of another tenant:        {alone.Median:F0} ms (at most {alone.Max:F0}) alone, {beside.Median:F0} ms (at most {beside.Max:F0}) while {count} are sent; afterwards, still waiting: {waiting}"));
    }

    private static async Task<(double Median, double Max)> MedianAsync(WebBrowser browser, string configurationId)
    {
        var times = new List<double>();

        for (var number = 0; number < Messages; number++)
        {
            times.Add(await TimeAsync(browser, configurationId));
        }

        times.Sort();

        return (times[times.Count / 2], times[^1]);
    }

    private static async Task<double> TimeAsync(WebBrowser browser, string configurationId)
    {
        var clock = Stopwatch.GetTimestamp();
        var id = (await browser.PostAsync($"/{Other}/Horilla.TestHost/Outbox/Enqueue", new Dictionary<string, string> { ["to"] = "reader@example.com", ["subject"] = "Beside", ["configurationId"] = configurationId })).Text;

        while ((int?)JsonNode.Parse((await browser.GetAsync($"/{Other}/Horilla.TestHost/Outbox/Find?id={id}")).Text)?["state"] != 3)
        {
            await Task.Delay(5);
        }

        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }

    private static async Task EnqueueAsync(WebBrowser admin, string prefix, string configurationId, int count)
    {
        var answer = await admin.PostAsync($"{prefix}/Horilla.TestHost/Outbox/Many", new Dictionary<string, string> { ["subject"] = "Waiting", ["configurationId"] = configurationId, ["count"] = count.ToString(CultureInfo.InvariantCulture) });

        if (answer.Status != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"The messages weren't enqueued: {answer.Status}.");
        }
    }

    private static Task<HostProcess> StartAsync(string data) => HostProcess.StartAsync("tests/Horilla.TestHost", data, settings: ("Logging__LogLevel__Default", "Warning"));

    private static async Task<WebBrowser> SignInAsync(HostProcess host)
    {
        var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return admin;
    }

    private static async Task<string> CreateServerAsync(WebBrowser admin, string prefix, int port)
    {
        var saved = await (await admin.GetAsync($"{prefix}/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            ["OutgoingMailConfiguration.Host"] = "localhost",
            ["OutgoingMailConfiguration.Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["OutgoingMailConfiguration.UseTls"] = "false",
            ["OutgoingMailConfiguration.NeedsNoSignIn"] = "true",
            ["OutgoingMailConfiguration.Username"] = "info@example.com",
            ["OutgoingMailConfiguration.DefaultFrom"] = "info@example.com",
            ["OutgoingMailConfiguration.DisplayName"] = "Bench",
        });

        return saved.RedirectsTo?.OriginalString.Split("om-server-")[^1] ?? throw new InvalidOperationException($"The server wasn't created: {saved.Status}.");
    }
}
