using System.Net;
using System.Security.Cryptography;
using System.Text;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class SecretTests(Site site)
{
    [Fact]
    public async Task A_password_is_never_in_clear_in_a_page_the_database_or_the_log()
    {
        var secret = $"Known-{Guid.NewGuid():N}";
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Password", secret), ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var sent = await Servers.SendTestAsync(admin, id);
        Assert.Contains("rejected the sign-in", sent.One("#om-result"), StringComparison.Ordinal);

        foreach (var url in new[] { Servers.List, Servers.Edit(id), Servers.Test(id), Servers.Diagnosis(id), Servers.Delete(id) })
        {
            Assert.DoesNotContain(secret, (await admin.GetAsync(url)).Text, StringComparison.Ordinal);
        }

        var invalid = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("Password")] = secret, [Servers.Field("Port")] = "no" });
        Assert.DoesNotContain(secret, invalid.Text, StringComparison.Ordinal);
        await site.Host.LogsAsync($"({id}): SignIn, sign-in-refused");
        Assert.DoesNotContain(secret, site.Host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), site.Host.Log, StringComparison.Ordinal);

        foreach (var file in Directory.GetFiles(site.Host.Data, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(secret, await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_empty_box_keeps_what_is_stored()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var form = await admin.GetAsync(Servers.Edit(id));
        Assert.Equal("Stored. Leave empty to keep it.", form.Document.QuerySelector($"[name='{Servers.Field("Password")}']")?.GetAttribute("placeholder"));
        await form.SubmitAsync(new() { [Servers.Field("DisplayName")] = "Changed" });

        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, id)).One("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_clears_what_is_stored()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var answer = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("RemovePassword")] = "true" });

        Assert.Contains((await answer.FollowAsync()).Messages, message => message.Contains("no mail goes through it until a new one is entered", StringComparison.Ordinal));
        Assert.Equal("", (await admin.GetAsync(Servers.Edit(id))).Document.QuerySelector($"[name='{Servers.Field("Password")}']")?.GetAttribute("placeholder"));
        var result = await Servers.SendTestAsync(admin, id);
        Assert.Contains("No password is stored", result.One("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("Enter the App Password", result.One("#om-result .alert"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_needs_no_sign_in_keeps_what_is_stored_for_its_host_alone()
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("NeedsNoSignIn")] = "true" });
        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("NeedsNoSignIn")] = "false" });
        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, id)).One("#om-result h2"), StringComparison.Ordinal);

        await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("NeedsNoSignIn")] = "true", [Servers.Field("Host")] = "smtp.evil.example" });
        var refused = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field("NeedsNoSignIn")] = "false" });
        Assert.Contains("Enter the password", refused.One($"[data-valmsg-for='{Servers.Field("Password")}']"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another host", "Host", "smtp.evil.example")]
    [InlineData("no TLS", "UseTls", "false")]
    public async Task What_is_stored_goes_nowhere_else(string where, string field, string value)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin);
        var refused = await (await admin.GetAsync(Servers.Edit(id))).SubmitAsync(new() { [Servers.Field(field)] = value });

        Assert.Contains("Enter the password again", refused.One($"[data-valmsg-for='{Servers.Field("Password")}']"), StringComparison.Ordinal);
        Assert.Equal(value, refused.Fields()[Servers.Field(field)]);
        Assert.NotEqual(value, (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field(field)]);

        var typed = await refused.SubmitAsync(new() { [Servers.Field("Password")] = "typed anew" });
        Assert.True(typed.Status == HttpStatusCode.Redirect, where);
        Assert.Equal(value, (await admin.GetAsync(Servers.Edit(id))).Fields()[Servers.Field(field)]);
    }

    [Fact]
    public void A_payload_of_another_tenant_cannot_be_read()
    {
        // Even with the same keys, which tenants do not share.
        var keys = new EphemeralDataProtectionProvider();
        SecretProtector Of(string tenant) => new(keys, new ShellSettings { Name = tenant });
        var payload = Of("One").Protect("id", "Password", "secret");

        Assert.Equal("secret", Of("One").Unprotect("id", "Password", payload));
        Assert.Throws<CryptographicException>(() => Of("Two").Unprotect("id", "Password", payload));
        Assert.Throws<CryptographicException>(() => Of("One").Unprotect("id", "Tokens", payload));
        Assert.Throws<CryptographicException>(() => Of("One").Unprotect("other", "Password", payload));
    }

    [Fact]
    public async Task A_payload_of_another_server_cannot_be_read()
    {
        using var admin = await site.AdminAsync();
        var source = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)));
        var target = await Servers.CreateAsync(admin, ("Password", "another"), ("Port", Servers.Text(site.Exim.StartTlsPort)));

        const string payload = "Properties.SmtpServerSettings.ProtectedPassword";
        await site.Documents.ChangeAsync("OutgoingMailConfiguration", target, payload, await site.Documents.ReadAsync("OutgoingMailConfiguration", source, payload));

        Assert.Contains("The stored password of", (await Servers.SendTestAsync(admin, target)).One("#om-result"), StringComparison.Ordinal);
        Assert.Contains("Sent", (await Servers.SendTestAsync(admin, source)).One("#om-result h2"), StringComparison.Ordinal);
    }
}
