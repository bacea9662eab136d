using System.Net;
using Horilla.Testing.Cloud;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class OutlookFormTests(SiteFixture site)
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
        { "Username", "", "Enter the email address to send from" },
        { "Username", "sales", "Enter the email address to send from" },
        { "Username", "a@acme.example, b@acme.example", "Enter the email address to send from" },
        { "DisplayName", "", "Enter the name that recipients see" },
        { "RedirectUri", "", "Enter the full address" },
        { "RedirectUri", "/OutgoingMail/Outlook/Callback", "Enter the full address" },
        { "RedirectUri", "http://crm.acme.example/OutgoingMail/Outlook/Callback", "Enter the full address" },
        { "RedirectUri", "javascript:alert(1)", "Enter the full address" },
        { "AuthorizationEndpoint", "", "Enter the https address of a v2.0 endpoint" },
        { "AuthorizationEndpoint", "http://login.microsoftonline.com/acme.example/oauth2/v2.0/authorize", "Enter the https address of a v2.0 endpoint" },
        { "AuthorizationEndpoint", "https://login.microsoftonline.com/acme.example/oauth2/authorize", "Enter the https address of a v2.0 endpoint" },
        { "AuthorizationEndpoint", "https://login.microsoftonline.com@evil.example/acme.example/oauth2/v2.0/authorize", "Enter the https address of a v2.0 endpoint" },
        { "AuthorizationEndpoint", "https://evil.example/acme.example/oauth2/v2.0/authorize", "This site isn't allowed to sign in at evil.example" },
        { "AuthorizationEndpoint", "https://169.254.169.254/acme.example/oauth2/v2.0/authorize", "This site isn't allowed to sign in at 169.254.169.254" },
        { "TokenEndpoint", "", "Enter the https address of a v2.0 endpoint" },
        { "TokenEndpoint", "https://login.microsoftonline.com/acme.example/oauth2/v2.0/token", "the same host and tenant" },
        { "GraphEndpoint", "", "Enter an https address that ends with the version" },
        { "GraphEndpoint", "https://graph.microsoft.com", "Enter an https address that ends with the version" },
        { "GraphEndpoint", "http://graph.microsoft.com/v1.0", "Enter an https address that ends with the version" },
        { "GraphEndpoint", "https://evil.example/v1.0", "This site isn't allowed to send through evil.example" },
    };

    [Fact]
    public async Task A_new_form_has_the_labels_and_defaults()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await admin.GetAsync(OutlookServerPages.New);
        var fields = page.Fields();

        Assert.Equal("Create Mail Configuration", page.Title);
        Assert.Subset(
            page.TextsOf("label").ToHashSet(),
            new HashSet<string>
            {
                "Client ID", "Outlook client secret", "Tenant ID", "Email Host Username", "Display Name", "Redirect URI", "OAuth authorization endpoint",
                "OAuth token endpoint", "Microsoft Graph API endpoint", "Primary Mail Server", "Cloud",
            });
        Assert.Equal("https://login.microsoftonline.com/common/oauth2/v2.0/authorize", fields[MailServerPages.Field("AuthorizationEndpoint")]);
        Assert.Equal("https://login.microsoftonline.com/common/oauth2/v2.0/token", fields[MailServerPages.Field("TokenEndpoint")]);
        Assert.Equal("https://graph.microsoft.com/v1.0", fields[MailServerPages.Field("GraphEndpoint")]);
        Assert.Equal($"{site.Host.Address}OutgoingMail/Outlook/Callback", fields[MailServerPages.Field("RedirectUri")]);
        Assert.Equal("global", fields[MailServerPages.Field("Cloud")]);
        Assert.Contains("Add it in Microsoft Entra under Authentication > Web. The application also needs the delegated permissions Mail.Send, User.Read and offline_access.", page.TextsOf(".form-text"));
        Assert.DoesNotContain("Default From Mail", page.TextsOf("label"));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_value_is_reported_at_its_field_and_input_is_kept(string field, string? value, string message)
    {
        using var admin = await site.SignInAsAdminAsync();
        var name = MailServerPages.UniqueName("typed");
        var form = OutlookServerPages.Form(site, name, (field, value));
        var page = await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(form);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf($"[data-valmsg-for='{MailServerPages.Field(field)}']"), StringComparison.Ordinal);
        Assert.Contains("Nothing was saved", page.TextOf("main .alert-danger"), StringComparison.Ordinal);

        foreach (var (key, typed) in form.Where(pair => pair.Key != MailServerPages.Field("ClientSecret") && pair.Value?.Contains('\n', StringComparison.Ordinal) != true))
        {
            Assert.Equal(typed, page.Fields()[key]);
        }

        Assert.Empty(page.Fields()[MailServerPages.Field("ClientSecret")]);
        Assert.Contains("Nothing found", (await admin.GetAsync($"{MailServerPages.List}?search={name}")).TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7D1F3C52-8F0E-4C0E-9B7B-5A2F6F5C1D2E")]
    [InlineData("Acme.Example")]
    [InlineData("organizations")]
    public async Task Common_endpoints_follow_the_tenant(string tenant)
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateAsync(
            site, admin, ("TenantId", tenant), ("AuthorizationEndpoint", site.FakeMicrosoft.AuthorizationEndpoint("common")), ("TokenEndpoint", site.FakeMicrosoft.TokenEndpoint("common")));
        var fields = (await admin.GetAsync(MailServerPages.Edit(id))).Fields();

        Assert.Equal(tenant.ToLowerInvariant(), fields[MailServerPages.Field("TenantId")]);
        Assert.Equal(site.FakeMicrosoft.AuthorizationEndpoint(tenant.ToLowerInvariant()), fields[MailServerPages.Field("AuthorizationEndpoint")]);
        Assert.Equal(site.FakeMicrosoft.TokenEndpoint(tenant.ToLowerInvariant()), fields[MailServerPages.Field("TokenEndpoint")]);
    }

    [Fact]
    public async Task Without_scripts_a_button_fills_in_a_cloud_and_saves_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(OutlookServerPages.New)).SubmitAsync(new()
        {
            [MailServerPages.Field("TenantId")] = "acme.example",
            [MailServerPages.Field("Cloud")] = "usgov",
            [MailServerPages.Field("FillIn")] = "true",
        });

        Assert.Equal("https://login.microsoftonline.us/acme.example/oauth2/v2.0/authorize", page.Fields()[MailServerPages.Field("AuthorizationEndpoint")]);
        Assert.Equal("https://login.microsoftonline.us/acme.example/oauth2/v2.0/token", page.Fields()[MailServerPages.Field("TokenEndpoint")]);
        Assert.Equal("https://graph.microsoft.us/v1.0", page.Fields()[MailServerPages.Field("GraphEndpoint")]);
        Assert.Contains("Nothing is saved yet.", page.TextOf("main .alert-info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_field_keeps_the_secret_and_a_checkbox_removes_it()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = "Changed" });
        Assert.Contains("was refreshed", string.Join(' ', (await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);

        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("RemoveClientSecret")] = "true" });
        Assert.Contains("No client secret is stored", string.Join(' ', (await (await OutlookServerPages.PressAsync(admin, user.Mail, "RefreshToken")).FollowAsync()).Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_not_sent_to_another_authority()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, _) = await OutlookServerPages.CreateAsync(site, admin);
        var page = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new()
        {
            [MailServerPages.Field("AuthorizationEndpoint")] = "https://login.microsoftonline.com/acme.example/oauth2/v2.0/authorize",
            [MailServerPages.Field("TokenEndpoint")] = "https://login.microsoftonline.com/acme.example/oauth2/v2.0/token",
        });

        Assert.Contains("Re-enter the client secret", page.TextOf($"[data-valmsg-for='{MailServerPages.Field("ClientSecret")}']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_invalidates_the_tokens_drops_them_and_says_so()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var list = await (await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("TenantId")] = FakeMicrosoftCloud.TenantId, [MailServerPages.Field("AuthorizationEndpoint")] = site.FakeMicrosoft.AuthorizationEndpoint("common"), [MailServerPages.Field("TokenEndpoint")] = site.FakeMicrosoft.TokenEndpoint("common") })).FollowAsync();

        Assert.Contains(list.Messages, message => message.Contains($"The sign-in of {user.Mail} was removed", StringComparison.Ordinal));
        Assert.Contains(list.Messages, message => message.Contains("sign in to Microsoft", StringComparison.Ordinal));
        Assert.Contains("No Microsoft account is signed in yet", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_edit_keeps_the_tokens()
    {
        using var admin = await site.SignInAsAdminAsync();
        var (id, user) = await OutlookServerPages.CreateSignedInAsync(site, admin);
        var list = await (await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = "Other", [MailServerPages.Field("TimeoutSeconds")] = "60" })).FollowAsync();

        Assert.Equal([$"The mail server {user.Mail} was saved. Send test mail"], list.Messages);
        Assert.Contains($"Signed in as {user.Mail}", await OutlookServerPages.StatusAsync(admin, user.Mail), StringComparison.Ordinal);
    }
}
