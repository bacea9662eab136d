using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Connections to SMTP servers are kept and reused. Whatever a server does to them, no message is lost or duplicated.</summary>
[Collection(SiteCollection.Name)]
public sealed class SmtpConnectionPoolTests(SiteFixture site)
{
    [Fact]
    public async Task A_connection_is_kept_for_the_next_message()
    {
        await using var server = await StartAsync("kept");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var first = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var second = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        await server.WaitForOutputAsync("took", 2);

        Assert.Equal(1, server.Count("connected"));
        Assert.Null(Step(first, DeliveryStep.Connection)["detail"]);
        Assert.Equal("kept open", (string?)Step(second, DeliveryStep.Connection)["detail"]);
        Assert.Equal((string?)Step(first, DeliveryStep.Tls)["detail"], (string?)Step(second, DeliveryStep.Tls)["detail"]);
        Assert.All(second["steps"]!.AsArray(), step => Assert.Equal((int)DeliveryStepState.Passed, (int)step!["state"]!));
    }

    [Fact]
    public async Task A_test_message_uses_a_new_connection_and_keeps_it_open_for_others()
    {
        await using var server = await StartAsync("tested");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var result = await MailServerPages.SendTestAsync(admin, id);
        await server.WaitForOutputAsync("connected", 2);
        Assert.Equal(1, server.Count("quit"));
        Assert.DoesNotContain("kept open", result.TextOf("#om-result"), StringComparison.Ordinal);

        Assert.Equal("kept open", (string?)Step(await SendServiceClient.SendAsync(admin, ("configurationId", id)), DeliveryStep.Connection)["detail"]);
    }

    [Fact]
    public async Task The_maximum_number_of_connections_is_never_exceeded()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var server = await StartAsync("bounded", "--hold", hold);
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server, ("MaxConnections", "2"));
        var sending = Enumerable.Range(0, 6).Select(_ => SendServiceClient.SendAsync(admin, ("configurationId", id))).ToArray();
        await server.WaitForOutputAsync("holding", 2);
        await File.WriteAllTextAsync(hold, "");

        Assert.All(await Task.WhenAll(sending), result => Assert.Equal(SendServiceClient.Sent, (int)result["status"]!));
        await server.WaitForOutputAsync("took", 6);
        Assert.Equal(2, server.Count("connected"));
    }

    [Theory]
    [InlineData("--drop-on-mail", "a connection that broke while it was kept")]
    [InlineData("--drop-on-data", "a connection that broke before the server asked for the content")]
    [InlineData("--messages-per-connection", "a connection that the server ended with a 421")]
    public async Task A_connection_that_ends_costs_another_connection_but_no_message(string behaviour, string what)
    {
        await using var server = await StartAsync(behaviour.Trim('-'), behaviour, "1");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"{what} {Guid.NewGuid():N}";

        for (var number = 1; number <= 4; number++)
        {
            var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} {number}"));
            Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        }

        await server.WaitForOutputAsync("took", 4);
        Assert.Equal(4, server.Count("connected"));
        Assert.Equal([1, 2, 3, 4], Numbers(server, unique));
    }

    [Fact]
    public async Task A_message_that_the_server_may_have_accepted_is_not_sent_again()
    {
        await using var server = await StartAsync("doubt", "--drop-on-content", "1");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"In doubt {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} 1"));
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} 2"));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal("connection-lost", (string?)result["error"]!["code"]);
        Assert.Equal((int)DeliveryStep.Data, (int)result["error"]!["step"]!);
        Assert.False((bool)result["error"]!["canRetry"]!);
        Assert.Contains("The server may or may not have accepted the message", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
        await server.WaitForOutputAsync("took", 2);
        Assert.Equal([1, 2], Numbers(server, unique));
    }

    [Theory]
    [InlineData("--drop-on-mail", DeliveryStep.Sender)]
    [InlineData("--messages-per-connection", DeliveryStep.Sender)]
    [InlineData("--drop-on-data", DeliveryStep.Data)]
    public async Task A_failure_of_a_new_connection_is_reported(string behaviour, DeliveryStep step)
    {
        await using var server = await StartAsync($"new-{behaviour.Trim('-')}", behaviour, "0");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Failed, (int)result["status"]!);
        Assert.Equal((int)step, (int)result["error"]!["step"]!);

        // The server can't have accepted it.
        Assert.True((bool)result["error"]!["canRetry"]!);
        await server.WaitForOutputAsync("connected");
        Assert.Equal(1, server.Count("connected"));
    }

    [Fact]
    public async Task A_connection_is_not_used_again_after_a_timeout()
    {
        await using var server = await StartAsync("silent", "--hang-on-mail", "1");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server, ("TimeoutSeconds", "2"));
        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        var silent = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        Assert.Equal("timeout", (string?)silent["error"]!["code"]);
        Assert.Equal((int)DeliveryStep.Sender, (int)silent["error"]!["step"]!);
        Assert.True((bool)silent["error"]!["canRetry"]!);

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        await server.WaitForOutputAsync("took", 2);
        Assert.Equal(2, server.Count("connected"));
    }

    [Fact]
    public async Task A_rejected_message_keeps_the_connection_open_for_the_next_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        Assert.Equal("recipient-refused", (string?)(await SendServiceClient.SendAsync(admin, ("configurationId", id), ("to", EximServer.RejectedRecipient)))["error"]!["code"]);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));

        Assert.Equal(SendServiceClient.Sent, (int)result["status"]!);
        Assert.Equal("kept open", (string?)Step(result, DeliveryStep.Connection)["detail"]);
    }

    [Fact]
    public async Task A_server_that_accepts_fewer_connections_than_the_maximum_receives_all_messages()
    {
        await using var server = await StartAsync("limited", "--most-connections", "1");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"One at a time {Guid.NewGuid():N}";
        await SendServiceClient.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} 0"));
        var results = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => SendServiceClient.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} {number}"))));

        Assert.All(results, result => Assert.Equal(SendServiceClient.Sent, (int)result["status"]!));
        await server.WaitForOutputAsync("took", 13);
        Assert.Equal(Enumerable.Range(0, 13), Numbers(server, unique));
    }

    [Fact]
    public async Task A_server_that_accepts_no_connection_fails_all_waiting_messages()
    {
        await using var server = await StartAsync("closed", "--most-connections", "0");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        var results = await Task.WhenAll(Enumerable.Range(1, 6).Select(_ => SendServiceClient.SendAsync(admin, ("configurationId", id))));

        Assert.All(results, result => Assert.Equal("421 4.7.0 Too many connections from your address", (string?)result["error"]!["serverResponse"]));
        Assert.All(results, result => Assert.True((bool)result["error"]!["canRetry"]!));
    }

    [Fact]
    public async Task An_edit_replaces_the_connections_at_once()
    {
        await using var before = await StartAsync("before");
        await using var after = await StartAsync("after");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, before);
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        Assert.Equal(0, before.Count("quit"));
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(after.Port) });
        await before.WaitForOutputAsync("quit");

        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        await after.WaitForOutputAsync("took");
    }

    [Fact]
    public async Task A_message_in_progress_finishes_on_its_connection_when_the_server_is_edited()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var before = await StartAsync("edited", "--hold", hold);
        await using var after = await StartAsync("edited-to");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, before);
        var sending = SendServiceClient.SendAsync(admin, ("configurationId", id));
        await before.WaitForOutputAsync("holding");
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Port")] = MailServerPages.Invariant(after.Port) });
        Assert.Equal(SendServiceClient.Sent, (int)(await SendServiceClient.SendAsync(admin, ("configurationId", id)))["status"]!);
        await after.WaitForOutputAsync("took");
        await File.WriteAllTextAsync(hold, "");

        Assert.Equal(SendServiceClient.Sent, (int)(await sending)["status"]!);
        await before.WaitForOutputAsync("took");
        await before.WaitForOutputAsync("quit");
    }

    [Fact]
    public async Task The_connections_of_a_deleted_server_are_closed()
    {
        await using var server = await StartAsync("deleted");
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateAsync(admin, server);
        await SendServiceClient.SendAsync(admin, ("configurationId", id));
        await (await admin.GetAsync(MailServerPages.Delete(id))).SubmitAsync();

        await server.WaitForOutputAsync("quit");
    }

    [Fact]
    public async Task The_connections_are_closed_when_the_host_stops()
    {
        await using var server = await StartAsync("stopped");
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", site.Folder.CreateSubfolder("stopping"), site.Trusted.CertificateFile);
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        await SendServiceClient.SendAsync(admin, ("configurationId", await CreateAsync(admin, server)));
        Assert.Equal(0, await host.StopAsync());

        await server.WaitForOutputAsync("quit");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("many")]
    [InlineData("")]
    public async Task Maximum_connections_must_be_a_number_from_1_to_100(string typed)
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(MailServerPages.New)).SubmitAsync(MailServerPages.Form(("MaxConnections", typed)));

        Assert.Equal("Enter a number of connections from 1 to 100. 4 is a good start.", page.TextOf("#om-connections-error"));
        Assert.Equal(typed, page.Fields()[MailServerPages.Field("MaxConnections")]);
    }

    [Fact]
    public async Task Maximum_connections_is_4_by_default()
    {
        using var admin = await site.SignInAsAdminAsync();
        Assert.Equal("4", (await admin.GetAsync(MailServerPages.New)).Fields()[MailServerPages.Field("MaxConnections")]);
        var id = await MailServerPages.CreateAsync(admin, ("MaxConnections", "17"));

        Assert.Equal("17", (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field("MaxConnections")]);
    }

    private static JsonNode Step(JsonNode result, DeliveryStep step) => result["steps"]!.AsArray().Single(report => (int)report!["step"]! == (int)step)!;

    private static IEnumerable<int> Numbers(AioSmtpServer server, string unique)
        => Directory.GetFiles(server.ReceivedFolder, "*.eml")
            .Select(file => ReceivedMessage.Read(file).Message.Subject ?? "")
            .Where(subject => subject.StartsWith(unique, StringComparison.Ordinal))
            .Select(subject => int.Parse(subject[unique.Length..], System.Globalization.CultureInfo.InvariantCulture))
            .Order();

    private static Task<string> CreateAsync(WebBrowser admin, AioSmtpServer server, params (string Name, string? Value)[] values)
        => MailServerPages.CreateAsync(admin, [("Port", MailServerPages.Invariant(server.Port)), .. values]);

    private Task<AioSmtpServer> StartAsync(string name, params string[] behaviour)
        => AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"connections-{name}", "localhost"), behaviour);
}
