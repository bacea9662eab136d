using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Connections to SMTP servers are kept and reused, and whatever a server does to them loses and doubles no mail.</summary>
[Collection(SiteCollection.Name)]
public sealed class ConnectionTests(Site site)
{
    [Fact]
    public async Task A_connection_is_kept_for_the_next_mail()
    {
        await using var server = await StartAsync("kept");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var first = await Mails.SendAsync(admin, ("configurationId", id));
        var second = await Mails.SendAsync(admin, ("configurationId", id));
        await server.WritesAsync("took", 2);

        Assert.Equal(1, server.Count("connected"));
        Assert.Null(Step(first, DeliveryStep.Connection)["detail"]);
        Assert.Equal("kept open", (string?)Step(second, DeliveryStep.Connection)["detail"]);
        Assert.Equal((string?)Step(first, DeliveryStep.Tls)["detail"], (string?)Step(second, DeliveryStep.Tls)["detail"]);
        Assert.All(second["steps"]!.AsArray(), step => Assert.Equal((int)DeliveryStepState.Passed, (int)step!["state"]!));
    }

    [Fact]
    public async Task A_test_mail_tries_the_whole_way_and_leaves_its_connection_for_others()
    {
        await using var server = await StartAsync("tested");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        await Mails.SendAsync(admin, ("configurationId", id));
        var result = await Servers.SendTestAsync(admin, id);
        await server.WritesAsync("connected", 2);
        Assert.Equal(1, server.Count("quit"));
        Assert.DoesNotContain("kept open", result.One("#om-result"), StringComparison.Ordinal);

        Assert.Equal("kept open", (string?)Step(await Mails.SendAsync(admin, ("configurationId", id)), DeliveryStep.Connection)["detail"]);
    }

    [Fact]
    public async Task There_are_no_more_connections_than_the_form_says()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var server = await StartAsync("bounded", "--hold", hold);
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server, ("MaxConnections", "2"));
        var sending = Enumerable.Range(0, 6).Select(_ => Mails.SendAsync(admin, ("configurationId", id))).ToArray();
        await server.WritesAsync("holding", 2);
        await File.WriteAllTextAsync(hold, "");

        Assert.All(await Task.WhenAll(sending), result => Assert.Equal(Mails.Sent, (int)result["status"]!));
        await server.WritesAsync("took", 6);
        Assert.Equal(2, server.Count("connected"));
    }

    [Theory]
    [InlineData("--drop-on-mail", "a connection that broke while it was kept")]
    [InlineData("--drop-on-data", "one that broke before the server asked for the content")]
    [InlineData("--messages-per-connection", "one that the server takes leave of")]
    public async Task Costs_another_connection_and_no_mail(string behaviour, string what)
    {
        await using var server = await StartAsync(behaviour.Trim('-'), behaviour, "1");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"{what} {Guid.NewGuid():N}";

        for (var number = 1; number <= 4; number++)
        {
            var result = await Mails.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} {number}"));
            Assert.Equal(Mails.Sent, (int)result["status"]!);
        }

        await server.WritesAsync("took", 4);
        Assert.Equal(4, server.Count("connected"));
        Assert.Equal([1, 2, 3, 4], Numbers(server, unique));
    }

    [Fact]
    public async Task A_mail_that_the_server_may_have_is_not_sent_again()
    {
        await using var server = await StartAsync("doubt", "--drop-on-content", "1");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"In doubt {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} 1"));
        var result = await Mails.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} 2"));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal("connection-lost", (string?)result["error"]!["code"]);
        Assert.Equal((int)DeliveryStep.Content, (int)result["error"]!["step"]!);
        Assert.False((bool)result["error"]!["canRetry"]!);
        Assert.Contains("It is not known whether the mail was taken", (string?)result["error"]!["nextStep"], StringComparison.Ordinal);
        await server.WritesAsync("took", 2);
        Assert.Equal([1, 2], Numbers(server, unique));
    }

    [Theory]
    [InlineData("--drop-on-mail", DeliveryStep.Sender)]
    [InlineData("--messages-per-connection", DeliveryStep.Sender)]
    [InlineData("--drop-on-data", DeliveryStep.Content)]
    public async Task What_breaks_on_a_new_connection_is_told(string behaviour, DeliveryStep step)
    {
        await using var server = await StartAsync($"new-{behaviour.Trim('-')}", behaviour, "0");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Failed, (int)result["status"]!);
        Assert.Equal((int)step, (int)result["error"]!["step"]!);

        // The server cannot have it.
        Assert.True((bool)result["error"]!["canRetry"]!);
        await server.WritesAsync("connected");
        Assert.Equal(1, server.Count("connected"));
    }

    [Fact]
    public async Task A_connection_on_which_the_server_fell_silent_is_not_used_again()
    {
        await using var server = await StartAsync("silent", "--hang-on-mail", "1");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server, ("TimeoutSeconds", "2"));
        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        var silent = await Mails.SendAsync(admin, ("configurationId", id));
        Assert.Equal("timeout", (string?)silent["error"]!["code"]);
        Assert.Equal((int)DeliveryStep.Sender, (int)silent["error"]!["step"]!);
        Assert.True((bool)silent["error"]!["canRetry"]!);

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        await server.WritesAsync("took", 2);
        Assert.Equal(2, server.Count("connected"));
    }

    [Fact]
    public async Task A_refused_mail_leaves_the_connection_for_the_next_one()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        await Mails.SendAsync(admin, ("configurationId", id));
        Assert.Equal("recipient-refused", (string?)(await Mails.SendAsync(admin, ("configurationId", id), ("to", EximServer.RefusedRecipient)))["error"]!["code"]);
        var result = await Mails.SendAsync(admin, ("configurationId", id));

        Assert.Equal(Mails.Sent, (int)result["status"]!);
        Assert.Equal("kept open", (string?)Step(result, DeliveryStep.Connection)["detail"]);
    }

    [Fact]
    public async Task A_server_that_takes_fewer_connections_than_there_may_be_gets_all_mails()
    {
        await using var server = await StartAsync("limited", "--most-connections", "1");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var unique = $"One at a time {Guid.NewGuid():N}";
        await Mails.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} 0"));
        var results = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => Mails.SendAsync(admin, ("configurationId", id), ("subject", $"{unique} {number}"))));

        Assert.All(results, result => Assert.Equal(Mails.Sent, (int)result["status"]!));
        await server.WritesAsync("took", 13);
        Assert.Equal(Enumerable.Range(0, 13), Numbers(server, unique));
    }

    [Fact]
    public async Task A_server_that_takes_no_connection_is_told_to_everybody_who_waits()
    {
        await using var server = await StartAsync("closed", "--most-connections", "0");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        var results = await Task.WhenAll(Enumerable.Range(1, 6).Select(_ => Mails.SendAsync(admin, ("configurationId", id))));

        Assert.All(results, result => Assert.Equal("421 4.7.0 Too many connections from your address", (string?)result["error"]!["serverResponse"]));
        Assert.All(results, result => Assert.True((bool)result["error"]!["canRetry"]!));
    }

    [Fact]
    public async Task An_edit_replaces_the_connections_at_once()
    {
        await using var before = await StartAsync("before");
        await using var after = await StartAsync("after");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, before);
        await Mails.SendAsync(admin, ("configurationId", id));
        Assert.Equal(0, before.Count("quit"));
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Port")] = Servers.Text(after.Port) });
        await before.WritesAsync("quit");

        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        await after.WritesAsync("took");
    }

    [Fact]
    public async Task A_mail_that_is_on_its_way_ends_on_its_connection_although_the_server_is_edited()
    {
        var hold = Path.Combine(site.Folder.Path, $"hold-{Guid.NewGuid():N}");
        await using var before = await StartAsync("edited", "--hold", hold);
        await using var after = await StartAsync("edited-to");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, before);
        var sending = Mails.SendAsync(admin, ("configurationId", id));
        await before.WritesAsync("holding");
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Port")] = Servers.Text(after.Port) });
        Assert.Equal(Mails.Sent, (int)(await Mails.SendAsync(admin, ("configurationId", id)))["status"]!);
        await after.WritesAsync("took");
        await File.WriteAllTextAsync(hold, "");

        Assert.Equal(Mails.Sent, (int)(await sending)["status"]!);
        await before.WritesAsync("took");
        await before.WritesAsync("quit");
    }

    [Fact]
    public async Task The_connections_of_a_deleted_server_are_closed()
    {
        await using var server = await StartAsync("deleted");
        using var admin = await site.AdminAsync();
        var id = await CreateAsync(admin, server);
        await Mails.SendAsync(admin, ("configurationId", id));
        await (await admin.GetAsync(Servers.Delete(id))).SubmitAsync();

        await server.WritesAsync("quit");
    }

    [Fact]
    public async Task The_connections_of_a_host_that_stops_are_closed()
    {
        await using var server = await StartAsync("stopped");
        await using var host = await HostProcess.StartAsync("tests/Horilla.TestHost", site.Folder.Sub("stopping"), site.Trusted.CertificateFile);
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        await Mails.SendAsync(admin, ("configurationId", await CreateAsync(admin, server)));
        Assert.Equal(0, await host.StopAsync());

        await server.WritesAsync("quit");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("many")]
    [InlineData("")]
    public async Task Most_connections_is_a_number_within_bounds(string typed)
    {
        using var admin = await site.AdminAsync();
        var page = await (await admin.GetAsync(Servers.New)).SubmitAsync(Servers.Form(("MaxConnections", typed)));

        Assert.Equal("Maximum connections is a number from 1 to 100. 4 is a good start.", page.One("#om-connections-error"));
        Assert.Equal(typed, page.Fields()[Servers.Field("MaxConnections")]);
    }

    [Fact]
    public async Task Most_connections_is_four_unless_it_is_set()
    {
        using var admin = await site.AdminAsync();
        Assert.Equal("4", (await admin.GetAsync(Servers.New)).Fields()[Servers.Field("MaxConnections")]);
        var id = await Servers.CreateAsync(admin, ("MaxConnections", "17"));

        Assert.Equal("17", (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field("MaxConnections")]);
    }

    private static JsonNode Step(JsonNode result, DeliveryStep step) => result["steps"]!.AsArray().Single(report => (int)report!["step"]! == (int)step)!;

    private static IEnumerable<int> Numbers(AioSmtpServer server, string unique)
        => Directory.GetFiles(server.Outbox, "*.eml")
            .Select(file => ReceivedMail.Read(file).Message.Subject ?? "")
            .Where(subject => subject.StartsWith(unique, StringComparison.Ordinal))
            .Select(subject => int.Parse(subject[unique.Length..], System.Globalization.CultureInfo.InvariantCulture))
            .Order();

    private static Task<string> CreateAsync(WebBrowser admin, AioSmtpServer server, params (string Name, string? Value)[] values)
        => Servers.CreateAsync(admin, [("Port", Servers.Text(server.Port)), .. values]);

    private Task<AioSmtpServer> StartAsync(string name, params string[] behaviour)
        => AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"connections-{name}", "localhost"), behaviour);
}
