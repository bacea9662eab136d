using System.Net;
using System.Security.Cryptography;
using System.Text;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.DataProtection;
using OrchardCore.Environment.Shell;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[Collection(SiteCollection.Name)]
public sealed class SecretTests(SiteFixture site)
{
    [Fact]
    public async Task A_password_never_appears_in_plain_text_in_a_page_the_database_or_the_log()
    {
        var secret = $"Known-{Guid.NewGuid():N}";
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Password", secret), ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var sent = await MailServerPages.SendTestAsync(admin, id);
        Assert.Contains("rejected the sign-in", sent.TextOf("#om-result"), StringComparison.Ordinal);

        foreach (var url in new[] { MailServerPages.List, MailServerPages.Edit(id), MailServerPages.Test(id), MailServerPages.Diagnosis(id), MailServerPages.Delete(id) })
        {
            Assert.DoesNotContain(secret, (await admin.GetAsync(url)).Text, StringComparison.Ordinal);
        }

        var invalid = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("Password")] = secret, [MailServerPages.Field("Port")] = "no" });
        Assert.DoesNotContain(secret, invalid.Text, StringComparison.Ordinal);
        await site.Host.WaitForLogAsync($"({id}): SignIn, sign-in-refused");
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
    public async Task An_empty_field_keeps_the_stored_password()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var form = await admin.GetAsync(MailServerPages.Edit(id));
        Assert.Equal("Stored. Leave empty to keep it.", form.TextOf("#om-password-help"));
        await form.SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = "Changed" });

        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkbox_removes_the_stored_password()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var answer = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("RemovePassword")] = "true" });

        Assert.Contains((await answer.FollowAsync()).Messages, message => message.Contains("It can't send email until you enter one", StringComparison.Ordinal));
        Assert.DoesNotContain("Stored.", (await admin.GetAsync(MailServerPages.Edit(id))).TextOf("#om-password-help"), StringComparison.Ordinal);
        var result = await MailServerPages.SendTestAsync(admin, id);
        Assert.Contains("No password is stored", result.TextOf("#om-result h2"), StringComparison.Ordinal);
        Assert.Contains("Enter the App Password", result.TextOf("#om-result .alert"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_sign_in_keeps_the_stored_password_only_for_its_host()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("NeedsNoSignIn")] = "true" });
        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("NeedsNoSignIn")] = "false" });
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, id)).TextOf("#om-result h2"), StringComparison.Ordinal);

        await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("NeedsNoSignIn")] = "true", [MailServerPages.Field("Host")] = "smtp.evil.example" });
        var refused = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field("NeedsNoSignIn")] = "false" });
        Assert.Contains("Enter the password", refused.TextOf($"[data-valmsg-for='{MailServerPages.Field("Password")}']"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another host", "Host", "smtp.evil.example")]
    [InlineData("no TLS", "UseTls", "false")]
    public async Task A_stored_password_is_not_sent_to_another_host_or_without_TLS(string where, string field, string value)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin);
        var refused = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field(field)] = value });

        Assert.Contains("Re-enter the password", refused.TextOf($"[data-valmsg-for='{MailServerPages.Field("Password")}']"), StringComparison.Ordinal);
        Assert.Equal(value, refused.Fields()[MailServerPages.Field(field)]);
        Assert.NotEqual(value, (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field(field)]);

        var typed = await refused.SubmitAsync(new() { [MailServerPages.Field("Password")] = "typed again" });
        Assert.True(typed.Status == HttpStatusCode.Redirect, where);
        Assert.Equal(value, (await admin.GetAsync(MailServerPages.Edit(id))).Fields()[MailServerPages.Field(field)]);
    }

    [Fact]
    public void A_payload_of_another_tenant_cannot_be_read()
    {
        // Not even with the same keys, which tenants don't share.
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
        using var admin = await site.SignInAsAdminAsync();
        var source = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));
        var target = await MailServerPages.CreateAsync(admin, ("Password", "another"), ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)));

        const string payload = "Properties.SmtpServerSettings.ProtectedPassword";
        await site.Documents.ChangeAsync("OutgoingMailConfiguration", target, payload, await site.Documents.ReadAsync("OutgoingMailConfiguration", source, payload));

        Assert.Contains("The password stored for", (await MailServerPages.SendTestAsync(admin, target)).TextOf("#om-result"), StringComparison.Ordinal);
        Assert.Contains("Sent", (await MailServerPages.SendTestAsync(admin, source)).TextOf("#om-result h2"), StringComparison.Ordinal);
    }
}
