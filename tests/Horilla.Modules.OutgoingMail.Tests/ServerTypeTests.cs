using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Server types that another module adds with the abstractions alone, including those that misbehave.</summary>
public sealed class ServerTypeTests(ServerTypeFixture site) : IClassFixture<ServerTypeFixture>
{
    [Fact]
    public async Task A_secret_of_another_type_is_stored_kept_and_asked_for_again_like_a_password()
    {
        using var admin = await site.SignInAsync();
        var missing = await PostAsync(admin, "Odd", "one@acme.example", key: "");
        var id = await CreateAsync(admin, "Odd", "works@acme.example", key: "\u200Bfour words of key\u200B");

        Assert.Contains("Enter the key.", missing.Text, StringComparison.Ordinal);
        Assert.Contains("Taken with a key of 17 characters", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await EditAsync(admin, id, "works@acme.example", server: "a.example", key: "")).Status);
        Assert.Contains("Taken with a key of 17 characters", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result"), StringComparison.Ordinal);

        Assert.Contains("Re-enter the key for the other server.", (await EditAsync(admin, id, "works@acme.example", server: "b.example", key: "")).Text, StringComparison.Ordinal);
        Assert.Contains("Re-enter the key. It isn", (await EditAsync(admin, id, "works@acme.example", server: "b.example", key: "another", timeout: "0")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_a_type_that_sends_as_its_user_name_come_from_it()
    {
        using var admin = await site.SignInAsync();
        await CreateAsync(admin, "Odd", "sender@acme.example");

        Assert.Contains("sender@acme.example", Assert.Single((await admin.GetAsync($"{MailServerPages.List}?search=sender%40acme.example")).TextsOf("tbody tr")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Odd", "hangs@acme.example", "unexpected", DeliveryStep.Data)]
    [InlineData("Odd", "rejects@acme.example", "odd-rejected", DeliveryStep.Data)]
    [InlineData("Uncreatable", "any@acme.example", "unexpected", DeliveryStep.Configuration)]
    public async Task A_transport_that_misbehaves_is_a_failed_delivery(string type, string username, string code, DeliveryStep step)
    {
        using var admin = await site.SignInAsync();
        var id = await CreateAsync(admin, type, username);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", id));
        var page = await MailServerPages.SendTestAsync(admin, id);

        Assert.Equal(code, (string?)result["error"]!["code"]);
        Assert.Equal((int)step, (int)result["error"]!["step"]!);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("Not sent:", page.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.StartsWith("Not sent:", (await admin.GetAsync(MailServerPages.Diagnosis(id))).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"LookUp\"", DeliveryStep.DnsLookup)]
    [InlineData("\"DnsLookup\"", DeliveryStep.DnsLookup)]
    [InlineData("\"Content\"", DeliveryStep.Data)]
    [InlineData("\"Data\"", DeliveryStep.Data)]
    [InlineData("7", DeliveryStep.Data)]
    public void Steps_that_earlier_versions_have_stored_are_read(string stored, DeliveryStep step)
    {
        var options = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } };
        var report = $$"""{"Step":{{stored}},"State":"Passed"}""";

        Assert.Equal(step, JsonSerializer.Deserialize<DeliveryStepReport>(report, options)!.Step);
        Assert.Contains($"\"Step\":\"{step}\"", JsonSerializer.Serialize(new DeliveryStepReport { Step = step, State = DeliveryStepState.Passed }, options), StringComparison.Ordinal);
        Assert.Contains($"\"Step\":{(int)step}", JsonSerializer.Serialize(new DeliveryStepReport { Step = step, State = DeliveryStepState.Passed }), StringComparison.Ordinal);
    }

    private static async Task<WebPage> PostAsync(WebBrowser admin, string type, string username, string key, string server = "a.example")
        => await (await admin.GetAsync($"/Admin/OutgoingMail/Create/{type}")).SubmitAsync(Form(username, server, key, "1"));

    private static async Task<string> CreateAsync(WebBrowser admin, string type, string username, string key = "key")
    {
        var page = await PostAsync(admin, type, username, key);

        return page.Status == HttpStatusCode.Redirect ? await MailServerPages.FindAsync(admin, username) : throw new InvalidOperationException(page.TextOf("main"));
    }

    private static async Task<WebPage> EditAsync(WebBrowser admin, string id, string username, string server, string key, string timeout = "1")
        => await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(Form(username, server, key, timeout));

    private static Dictionary<string, string?> Form(string username, string server, string key, string timeout) => new()
    {
        [MailServerPages.Field("Username")] = username,
        [MailServerPages.Field("DisplayName")] = "Acme",
        [MailServerPages.Field("Server")] = server,
        [MailServerPages.Field("Key")] = key,
        [MailServerPages.Field("TimeoutSeconds")] = timeout,
    };
}
