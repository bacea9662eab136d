using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Creates the mail servers that the tests of the platform need.</summary>
internal static partial class MailServerPages
{
    /// <summary>Adds a mail server without TLS and returns its ID.</summary>
    public static async Task<string> AddAsync(WebBrowser browser, string prefix, string username, int port = 25)
    {
        const string field = "OutgoingMailConfiguration.";
        var created = await (await browser.GetAsync($"{prefix}/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            [field + "Host"] = "localhost",
            [field + "Port"] = port.ToString(CultureInfo.InvariantCulture),
            [field + "UseTls"] = "false",
            [field + "UseSsl"] = "false",
            [field + "Username"] = username,
            [field + "Password"] = AioSmtpServer.Password,
            [field + "DefaultFrom"] = username,
            [field + "DisplayName"] = "Acme",
            [field + "TimeoutSeconds"] = "60",
        });
        Assert.True(created.Status == HttpStatusCode.Redirect, created.TextOf("main"));

        return EditLink().Match((await browser.GetAsync($"{prefix}/Admin/OutgoingMail?search={username}")).Text).Groups[1].Value;
    }

    [GeneratedRegex("/Admin/OutgoingMail/Edit/([0-9a-z]{26})")]
    private static partial Regex EditLink();
}
