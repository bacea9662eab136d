using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Many messages, as one stream and from many senders.</summary>
[Collection(SiteCollection.Name)]
public sealed class SendManyTests(SiteFixture site)
{
    [Fact]
    public async Task Each_message_of_a_stream_is_sent_once_over_the_maximum_number_of_connections()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var server = await StartAsync("stream", "--hold", hold);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server, ("MaxConnections", "3"));
        var sending = ManyAsync(admin, ("configurationId", id), ("count", "20"));
        await server.WaitForOutputAsync("holding", 3);
        await File.WriteAllTextAsync(hold, "");
        var answer = await sending;
        await server.WaitForOutputAsync("took", 20);

        Assert.Equal("all", (string?)answer["end"]);
        Assert.All(Results(answer), result => Assert.Equal(SendServiceClient.Sent, (int)result["status"]!));
        Assert.Equal(Enumerable.Range(1, 20), Numbers(Results(answer)));
        Assert.Equal(3, server.Count("connected"));
        Assert.Equal(20, Directory.GetFiles(server.ReceivedFolder, "*.eml").Length);
    }

    [Fact]
    public async Task A_result_is_returned_while_the_stream_still_waits_for_its_next_message()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "3"), ("waitsAt", "2"));

        Assert.Equal([1, 2, 3], Numbers(Results(answer)));
    }

    [Fact]
    public async Task A_message_without_a_recipient_does_not_stop_the_others()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "4"), ("bad", "2"));

        Assert.Equal("all", (string?)answer["end"]);
        var failed = Assert.Single(Results(answer), result => (int)result["status"]! != SendServiceClient.Sent);
        Assert.Equal("no-recipient", (string?)failed["code"]);
        Assert.Equal([2], Numbers([failed]));
    }

    [Theory]
    [InlineData("throwsAt", "The stream fails.")]
    [InlineData("cancelsItselfAt", "cancelled by itself")]
    public async Task An_exception_of_the_stream_reaches_the_caller_after_all_results(string how, string end)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "9"), (how, "4"));

        Assert.Equal(end, (string?)answer["end"]);
        Assert.Equal([1, 2, 3], Numbers(Results(answer)));
    }

    [Fact]
    public async Task After_a_cancellation_no_more_messages_are_read_and_each_one_that_was_read_has_a_result()
    {
        await using var server = await StartAsync("cancelled");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "500"), ("cancelAt", "5"));
        var taken = (int)answer["taken"]!;
        await server.WaitForOutputAsync("took", taken);

        Assert.Equal("cancelled", (string?)answer["end"]);
        Assert.InRange(taken, 5, 5 + 4);
        Assert.Equal(Enumerable.Range(1, taken), Numbers(Results(answer)));
        Assert.Equal(taken, Directory.GetFiles(server.ReceivedFolder, "*.eml").Length);
    }

    [Fact]
    public async Task Leaving_the_loop_leaves_no_message_half_sent()
    {
        await using var server = await StartAsync("left");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "500"), ("leaveAt", "5"));
        var taken = (int)answer["taken"]!;

        Assert.Equal("left", (string?)answer["end"]);
        Assert.InRange(taken, 5, 5 + 4);
        Assert.Equal(taken, Directory.GetFiles(server.ReceivedFolder, "*.eml").Length);
    }

    [Fact]
    public async Task Without_a_mail_server_each_result_says_so()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var answer = await ManyAsync(admin, ("count", "3"));

        Assert.Equal(["nothing-configured", "nothing-configured", "nothing-configured"], Results(answer).Select(result => (string?)result["code"]));
    }

    [Fact]
    public async Task An_event_handler_can_save_a_document_for_each_message_of_a_stream()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var subject = $"{Guid.NewGuid():N} (save)";
        var answer = await ManyAsync(admin, ("configurationId", id), ("count", "12"), ("subject", subject));
        Assert.All(Results(answer), result => Assert.Equal(SendServiceClient.Sent, (int)result["status"]!));
        var stored = await site.Documents.DumpAsync();

        Assert.All(Enumerable.Range(1, 12), number => Assert.Contains($"\"{subject} {number}\"", stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disabling_the_feature_while_messages_are_sent_fails_the_remaining_ones()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var server = await StartAsync("switched-off", "--hold", hold);
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", site.Folder.CreateSubfolder("switched-off"), site.Trusted.CertificateFile);
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        var id = await CreateAsync(admin, server, ("MaxConnections", "1"));
        var sending = ManyAsync(admin, ("configurationId", id), ("count", "3"));
        await server.WaitForOutputAsync("holding");
        await (await admin.GetAsync("/Admin/Features/Confirm?featureIds=Horilla.Modules.OutgoingMail&BulkAction=Disable")).SubmitAsync(form: "main form");
        await File.WriteAllTextAsync(hold, "");
        var answer = await sending;

        Assert.Equal("all", (string?)answer["end"]);
        Assert.Equal([SendServiceClient.Sent, SendServiceClient.Failed, SendServiceClient.Failed], Results(answer).Select(result => (int)result["status"]!));
        Assert.Equal([null, "switched-off", "switched-off"], Results(answer).Select(result => (string?)result["code"]));
        await server.WaitForOutputAsync("quit");
    }

    [Fact]
    public async Task Ten_thousand_messages_from_eight_senders_arrive_exactly_once_whatever_the_server_does_to_connections()
    {
        var ledger = Path.Combine(site.Folder.Path, $"ledger-{Guid.NewGuid():N}");
        await using var server = await StartAsync("flood", "--ledger", ledger, "--drop-on-mail", "71", "--most-connections", "3");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"{Guid.NewGuid():N}";
        var statuses = await SendServiceClient.PostAsync(admin, "Many/Flood", new Dictionary<string, string> { ["configurationId"] = id, ["subject"] = unique, ["senders"] = "8", ["each"] = "1250" });
        var arrived = (await File.ReadAllLinesAsync(ledger)).Select(line => int.Parse(line[unique.Length..], System.Globalization.CultureInfo.InvariantCulture)).Order();

        Assert.Equal("{\"Sent\":10000}", statuses.ToJsonString());
        Assert.Equal(Enumerable.Range(0, 10_000), arrived);
    }

    private static IEnumerable<int> Numbers(IEnumerable<JsonNode> results)
        => results.Select(result => int.Parse(((string)result["subject"]!).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)).Order();

    private static JsonNode[] Results(JsonNode answer) => [.. answer["results"]!.AsArray().Select(result => result!)];

    private static Task<JsonNode> ManyAsync(WebBrowser browser, params (string Name, string Value)[] values)
        => SendServiceClient.PostAsync(browser, "Many/Index", new[] { ("subject", "One of many") }.Concat(values).GroupBy(value => value.Item1).ToDictionary(group => group.Key, group => group.Last().Item2));

    private static Task<string> CreateAsync(WebBrowser admin, AioSmtpServer server, params (string Name, string? Value)[] values)
        => MailServerPages.CreateAsync(admin, [("Port", MailServerPages.Invariant(server.Port)), .. values]);

    private Task<AioSmtpServer> StartAsync(string name, params string[] behaviour)
        => AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"many-{name}", "localhost"), behaviour);
}
