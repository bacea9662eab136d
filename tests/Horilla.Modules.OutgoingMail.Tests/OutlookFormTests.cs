using System.Net;
using Horilla.Testing.Cloud;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class OutlookFormTests(Site site)
{
    public static TheoryData<string, string?, string> Invalid => new()
    {
        { "ClientId", "", "Enter the application (client) ID" },
        { "ClientId", "my-app", "Enter the application (client) ID" },
        { "ClientId", "00000000-0000-0000-0000-000000000000", "Enter the application (client) ID" },
        { "ClientSecret", "", "Enter the value of a client secret" },
        { "ClientSecret", "a\r\nb", "no line break" },
        { "TenantId", "", "Enter the directory (tenant) ID" },
        { "TenantId", "acme", "Enter the directory (tenant) ID" },
        { "TenantId", "acme example.com", "Enter the directory (tenant) ID" },
        { "TenantId", "../common", "Enter the directory (tenant) ID" },
        { "Username", "", "Enter the mail address to send from" },
        { "Username", "sales", "Enter the mail address to send from" },
        { "Username", "a@acme.example, b@acme.example", "Enter the mail address to send from" },
        { "DisplayName", "", "Enter the name that recipients see" },
        { "RedirectUri", "", "Enter the whole address" },
        { "RedirectUri", "/OutgoingMail/Outlook/Callback", "Enter the whole address" },
        { "RedirectUri", "http://crm.acme.example/OutgoingMail/Outlook/Callback", "Enter the whole address" },
        { "RedirectUri", "javascript:alert(1)", "Enter the whole address" },
        { "AuthorizationEndpoint", "", "Enter an https address of version 2.0" },
        { "AuthorizationEndpoint", "http://login.microsoftonline.com/acme.example/oauth2/v2.0/authorize", "Enter an https address of version 2.0" },
        { "AuthorizationEndpoint", "https://login.microsoftonline.com/acme.example/oauth2/authorize", "Enter an https address of version 2.0" },
        { "AuthorizationEndpoint", "https://login.microsoftonline.com@evil.example/acme.example/oauth2/v2.0/authorize", "Enter an https address of version 2.0" },
        { "AuthorizationEndpoint", "https://evil.example/acme.example/oauth2/v2.0/authorize", "This site may not sign in at evil.example" },
        { "AuthorizationEndpoint", "https://169.254.169.254/acme.example/oauth2/v2.0/authorize", "This site may not sign in at 169.254.169.254" },
        { "TokenEndpoint", "", "Enter an https address of version 2.0" },
        { "TokenEndpoint", "https://login.microsoftonline.com/acme.example/oauth2/v2.0/token", "of the same host and tenant" },
        { "GraphEndpoint", "", "Enter an https address with the version" },
        { "GraphEndpoint", "https://graph.microsoft.com", "Enter an https address with the version" },
        { "GraphEndpoint", "http://graph.microsoft.com/v1.0", "Enter an https address with the version" },
        { "GraphEndpoint", "https://evil.example/v1.0", "This site may not send by evil.example" },
    };

    [Fact]
    public async Task A_new_form_has_the_labels_and_defaults()
    {
        using var admin = await site.AdminAsync();
        var page = await admin.GetAsync(OutlookServers.New);
        var fields = page.Fields();

        Assert.Equal("Create Mail Configuration", page.Title);
        Assert.Subset(
            page.All("label").ToHashSet(),
            new HashSet<string>
            {
                "Client ID", "Outlook client secret", "Tenant ID", "Email Host Username", "Display Name", "Redirect URI", "OAuth authorization endpoint",
                "OAuth token endpoint", "Microsoft Graph API endpoint", "Primary Mail Server", "Cloud",
            });
        Assert.Equal("https://login.microsoftonline.com/common/oauth2/v2.0/authorize", fields[Servers.Field("AuthorizationEndpoint")]);
        Assert.Equal("https://login.microsoftonline.com/common/oauth2/v2.0/token", fields[Servers.Field("TokenEndpoint")]);
        Assert.Equal("https://graph.microsoft.com/v1.0", fields[Servers.Field("GraphEndpoint")]);
        Assert.Equal($"{site.Host.Address}OutgoingMail/Outlook/Callback", fields[Servers.Field("RedirectUri")]);
        Assert.Equal("global", fields[Servers.Field("Cloud")]);
        Assert.Contains("Register it in Microsoft Entra under Authentication > Web, with the delegated permissions Mail.Send, User.Read and offline_access.", page.All(".form-text"));
        Assert.DoesNotContain("Default From Mail", page.All("label"));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_wrong_value_is_told_at_its_field_and_nothing_is_lost(string field, string? value, string message)
    {
        using var admin = await site.AdminAsync();
        var name = Servers.UniqueName("typed");
        var form = OutlookServers.Form(site, name, (field, value));
        var page = await (await admin.GetAsync(OutlookServers.New)).SubmitAsync(form);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.One($"[data-valmsg-for='{Servers.Field(field)}']"), StringComparison.Ordinal);
        Assert.Contains("Nothing was saved", page.One("main .alert-danger"), StringComparison.Ordinal);

        foreach (var (key, typed) in form.Where(pair => pair.Key != Servers.Field("ClientSecret") && pair.Value?.Contains('\n', StringComparison.Ordinal) != true))
        {
            Assert.Equal(typed, page.Fields()[key]);
        }

        Assert.Empty(page.Fields()[Servers.Field("ClientSecret")]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{Servers.List}?search={name}")).One("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7D1F3C52-8F0E-4C0E-9B7B-5A2F6F5C1D2E")]
    [InlineData("Acme.Example")]
    [InlineData("organizations")]
    public async Task Common_endpoints_follow_the_tenant(string tenant)
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateAsync(
            site, admin, ("TenantId", tenant), ("AuthorizationEndpoint", site.Cloud.AuthorizationEndpoint("common")), ("TokenEndpoint", site.Cloud.TokenEndpoint("common")));
        var fields = (await admin.GetAsync(Servers.Edit(id))).Fields();

        Assert.Equal(tenant.ToLowerInvariant(), fields[Servers.Field("TenantId")]);
        Assert.Equal(site.Cloud.AuthorizationEndpoint(tenant.ToLowerInvariant()), fields[Servers.Field("AuthorizationEndpoint")]);
        Assert.Equal(site.Cloud.TokenEndpoint(tenant.ToLowerInvariant()), fields[Servers.Field("TokenEndpoint")]);
    }

    [Fact]
    public async Task Without_scripts_a_cloud_is_filled_in_by_a_button_and_nothing_is_saved()
    {
        using var admin = await site.AdminAsync();
        var page = await (await admin.GetAsync(OutlookServers.New)).SubmitAsync(new()
        {
            [Servers.Field("TenantId")] = "acme.example",
            [Servers.Field("Cloud")] = "usgov",
            [Servers.Field("FillIn")] = "true",
        });

        Assert.Equal("https://login.microsoftonline.us/acme.example/oauth2/v2.0/authorize", page.Fields()[Servers.Field("AuthorizationEndpoint")]);
        Assert.Equal("https://login.microsoftonline.us/acme.example/oauth2/v2.0/token", page.Fields()[Servers.Field("TokenEndpoint")]);
        Assert.Equal("https://graph.microsoft.us/v1.0", page.Fields()[Servers.Field("GraphEndpoint")]);
        Assert.Contains("Nothing is saved yet.", page.One("main .alert-info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_kept_by_an_empty_box_and_cleared_by_the_other_one()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("DisplayName")] = "Changed" });
        Assert.Contains("was refreshed", string.Join(' ', (await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);

        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("RemoveClientSecret")] = "true" });
        Assert.Contains("No client secret is stored", string.Join(' ', (await (await OutlookServers.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_goes_to_no_other_authority()
    {
        using var admin = await site.AdminAsync();
        var (id, _) = await OutlookServers.CreateAsync(site, admin);
        var page = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new()
        {
            [Servers.Field("AuthorizationEndpoint")] = "https://login.microsoftonline.com/acme.example/oauth2/v2.0/authorize",
            [Servers.Field("TokenEndpoint")] = "https://login.microsoftonline.com/acme.example/oauth2/v2.0/token",
        });

        Assert.Contains("Enter the client secret again", page.One($"[data-valmsg-for='{Servers.Field("ClientSecret")}']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_what_the_tokens_are_for_drops_them_and_says_so()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        var list = await (await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("TenantId")] = MicrosoftStandIn.TenantId, [Servers.Field("AuthorizationEndpoint")] = site.Cloud.AuthorizationEndpoint("common"), [Servers.Field("TokenEndpoint")] = site.Cloud.TokenEndpoint("common") })).FollowAsync();

        Assert.Contains(list.Messages, message => message.Contains($"The sign-in of {user.Mail} was dropped", StringComparison.Ordinal));
        Assert.Contains(list.Messages, message => message.Contains("needs a sign-in at Microsoft", StringComparison.Ordinal));
        Assert.Contains("Not signed in", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_edit_keeps_them()
    {
        using var admin = await site.AdminAsync();
        var (id, user) = await OutlookServers.CreateSignedInAsync(site, admin);
        var list = await (await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("DisplayName")] = "Other", [Servers.Field("TimeoutSeconds")] = "60" })).FollowAsync();

        Assert.Equal([$"The mail server {user.Mail} was saved."], list.Messages);
        Assert.Contains($"Signed in as {user.Mail}", await OutlookServers.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }
}
