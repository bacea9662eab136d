using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Many mails: as one stream, and from many senders.</summary>
[Collection(SiteCollection.Name)]
public sealed class ManyMailsTests(Site site)
{
    [Fact]
    public async Task Each_mail_of_a_stream_is_sent_once_on_as_many_connections_as_there_may_be()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var server = await StartAsync("stream", "--hold", hold);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server, ("MaxConnections", "3"));
        var sending = ManyAsync(admin, ("configurationId", id), ("count", "20"));
        await server.WritesAsync("holding", 3);
        await File.WriteAllTextAsync(hold, "");
        var answer = await sending;
        await server.WritesAsync("took", 20);

        Assert.Equal("all", (string?)answer["end"]);
        Assert.All(Results(answer), result => Assert.Equal(Mails.Sent, (int)result["status"]!));
        Assert.Equal(Enumerable.Range(1, 20), Numbers(Results(answer)));
        Assert.Equal(3, server.Count("connected"));
        Assert.Equal(20, Directory.GetFiles(server.Outbox, "*.eml").Length);
    }

    [Fact]
    public async Task A_result_is_given_while_the_stream_still_waits_for_its_next_mail()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "3"), ("waitsAt", "2"));

        Assert.Equal([1, 2, 3], Numbers(Results(answer)));
    }

    [Fact]
    public async Task A_mail_without_a_recipient_keeps_no_other_from_being_sent()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "4"), ("bad", "2"));

        Assert.Equal("all", (string?)answer["end"]);
        var failed = Assert.Single(Results(answer), result => (int)result["status"]! != Mails.Sent);
        Assert.Equal("no-recipient", (string?)failed["code"]);
        Assert.Equal([2], Numbers([failed]));
    }

    [Theory]
    [InlineData("throwsAt", "The stream fails.")]
    [InlineData("cancelsItselfAt", "cancelled by itself")]
    public async Task What_a_stream_throws_reaches_the_caller_after_all_results(string how, string end)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "9"), (how, "4"));

        Assert.Equal(end, (string?)answer["end"]);
        Assert.Equal([1, 2, 3], Numbers(Results(answer)));
    }

    [Fact]
    public async Task Cancelled_it_takes_no_more_and_gives_the_result_of_each_that_was_taken()
    {
        await using var server = await StartAsync("cancelled");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "500"), ("cancelAt", "5"));
        var taken = (int)answer["taken"]!;
        await server.WritesAsync("took", taken);

        Assert.Equal("cancelled", (string?)answer["end"]);
        Assert.InRange(taken, 5, 5 + 4);
        Assert.Equal(Enumerable.Range(1, taken), Numbers(Results(answer)));
        Assert.Equal(taken, Directory.GetFiles(server.Outbox, "*.eml").Length);
    }

    [Fact]
    public async Task Who_leaves_the_loop_leaves_no_mail_half_sent()
    {
        await using var server = await StartAsync("left");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "500"), ("leaveAt", "5"));
        var taken = (int)answer["taken"]!;

        Assert.Equal("left", (string?)answer["end"]);
        Assert.InRange(taken, 5, 5 + 4);
        Assert.Equal(taken, Directory.GetFiles(server.Outbox, "*.eml").Length);
    }

    [Fact]
    public async Task Without_a_server_each_result_says_so()
    {
        using var admin = await site.AdminAsync();
        await Servers.ClearAsync(admin);
        var answer = await ManyAsync(admin, ("count", "3"));

        Assert.Equal(["nothing-configured", "nothing-configured", "nothing-configured"], Results(answer).Select(result => (string?)result["code"]));
    }

    [Fact]
    public async Task A_handler_of_events_may_save_for_each_mail_of_a_stream()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var subject = $"{Guid.NewGuid():N} (save)";
        await ManyAsync(admin, ("configurationId", id), ("count", "12"), ("subject", subject));
        var stored = await site.Documents.AllAsync();

        Assert.All(Enumerable.Range(1, 12), number => Assert.Contains($"\"{subject} {number}\"", stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feature_that_is_switched_off_while_mails_are_sent_is_told_in_what_is_left()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var server = await StartAsync("switched-off", "--hold", hold);
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", site.Folder.Sub("switched-off"), site.Trusted.CertificateFile);
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var id = await CreateAsync(admin, server, ("MaxConnections", "1"));
        var sending = ManyAsync(admin, ("configurationId", id), ("count", "3"));
        await server.WritesAsync("holding");
        await (await admin.GetAsync("/Admin/Features/Confirm?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Disable")).SubmitAsync(form: "main form");
        await File.WriteAllTextAsync(hold, "");
        var answer = await sending;

        Assert.Equal("all", (string?)answer["end"]);
        Assert.Equal([Mails.Sent, Mails.Failed, Mails.Failed], Results(answer).Select(result => (int)result["status"]!));
        Assert.Equal([null, "switched-off", "switched-off"], Results(answer).Select(result => (string?)result["code"]));
        await server.WritesAsync("quit");
    }

    [Fact]
    public async Task Ten_thousand_mails_of_eight_senders_arrive_exactly_once_whatever_the_server_does_to_connections()
    {
        var ledger = Path.Combine(site.Folder.Path, $"ledger-{Guid.NewGuid():N}");
        await using var server = await StartAsync("flood", "--ledger", ledger, "--drop-on-mail", "71", "--most-connections", "3");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"{Guid.NewGuid():N}";
        var statuses = await Mails.PostAsync(admin, "Many/Flood", new Dictionary<string, string> { ["configurationId"] = id, ["subject"] = unique, ["senders"] = "8", ["each"] = "1250" });
        var arrived = (await File.ReadAllLinesAsync(ledger)).Select(line => int.Parse(line[unique.Length..], System.Globalization.CultureInfo.InvariantCulture)).Order();

        Assert.Equal("{\"Sent\":10000}", statuses.ToJsonString());
        Assert.Equal(Enumerable.Range(0, 10_000), arrived);
    }

    private static IEnumerable<int> Numbers(IEnumerable<JsonNode> results)
        => results.Select(result => int.Parse(((string)result["subject"]!).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)).Order();

    private static JsonNode[] Results(JsonNode answer) => [.. answer["results"]!.AsArray().Select(result => result!)];

    private static Task<JsonNode> ManyAsync(WebBrowser browser, params (string Name, string Value)[] values)
        => Mails.PostAsync(browser, "Many/Index", new[] { ("subject", "One of many") }.Concat(values).GroupBy(value => value.Item1).ToDictionary(group => group.Key, group => group.Last().Item2));

    private static Task<string> CreateAsync(WebBrowser admin, AioSmtpServer server, params (string Name, string? Value)[] values)
        => Servers.CreateAsync(admin, [("Port", Servers.Text(server.Port)), .. values]);

    private Task<AioSmtpServer> StartAsync(string name, params string[] behaviour)
        => AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"many-{name}", "localhost"), behaviour);
}
