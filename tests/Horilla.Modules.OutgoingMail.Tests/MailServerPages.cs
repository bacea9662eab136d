using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Manages mail servers through the pages.</summary>
internal static partial class MailServerPages
{
    public const string List = "/Admin/OutgoingMail";
    public const string New = "/Admin/OutgoingMail/Create/Mail";

    private const string Prefix = "OutgoingMailConfiguration.";

    public static string Field(string name) => Prefix + name;

    /// <summary>Returns the values of a form by the names of its fields.</summary>
    public static Dictionary<string, string?> Form(params (string Name, string? Value)[] values)
    {
        var form = new Dictionary<string, string?>
        {
            [Field("Host")] = "localhost",
            [Field("Port")] = "587",
            [Field("UseTls")] = "true",
            [Field("UseSsl")] = "false",
            [Field("Username")] = EximServer.UserName,
            [Field("Password")] = EximServer.Password,
            [Field("DefaultFrom")] = EximServer.UserName,
            [Field("DisplayName")] = "Acme",
            [Field("TimeoutSeconds")] = "20",
        };

        foreach (var (name, value) in values)
        {
            form[Field(name)] = value;
        }

        return form;
    }

    public static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns a user name that no other test uses.</summary>
    public static string UniqueName(string about = "server") => $"{about}-{Guid.NewGuid():N}@acme.example";

    /// <summary>Creates a server and returns its ID.</summary>
    public static async Task<string> CreateAsync(WebBrowser browser, params (string Name, string? Value)[] values)
    {
        var marker = UniqueName();
        var form = Form(values);
        var displayName = form[Field("DisplayName")];
        form[Field("DisplayName")] = marker;
        var page = await (await browser.GetAsync(New)).SubmitAsync(form);

        if (page.Status != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The server was not created: {string.Join(" ", page.TextsOf(".om-field-error, .alert"))}");
        }

        var id = await FindAsync(browser, marker);
        await (await browser.GetAsync(Edit(id))).SubmitAsync(new() { [Field("DisplayName")] = displayName });

        return id;
    }

    /// <summary>Returns the ID of the only server that a search finds.</summary>
    public static async Task<string> FindAsync(WebBrowser browser, string search)
    {
        var page = await browser.GetAsync($"{List}?search={Uri.EscapeDataString(search)}");
        var ids = EditLink().Matches(page.Text).Select(match => match.Groups[1].Value).Distinct().ToArray();

        return ids.Length == 1 ? ids[0] : throw new InvalidOperationException($"'{search}' finds {ids.Length} servers.");
    }

    public static string Edit(string id) => $"/Admin/OutgoingMail/Edit/{id}";

    public static string Details(string id) => $"/Admin/OutgoingMail/Details/{id}";

    public static string Delete(string id) => $"/Admin/OutgoingMail/Delete/{id}";

    public static string Test(string id) => $"/Admin/OutgoingMail/Test/{id}";

    public static string Diagnosis(string id) => $"/Admin/OutgoingMail/Diagnosis/{id}";

    public static async Task<WebPage> SendTestAsync(WebBrowser browser, string id, string recipient = "reader@example.com")
        => await (await browser.GetAsync(Test(id))).SubmitAsync(new() { ["recipient"] = recipient });

    /// <summary>
    /// Deletes all servers, for tests that need an empty list, and cancels the messages that wait: otherwise the next server
    /// would send them.
    /// </summary>
    public static async Task ClearAsync(WebBrowser browser)
    {
        while (true)
        {
            var page = await browser.GetAsync($"{List}?pageSize=100");
            var ids = EditLink().Matches(page.Text).Select(match => match.Groups[1].Value).Distinct().ToArray();

            if (ids.Length == 0)
            {
                break;
            }

            foreach (var id in ids)
            {
                await (await browser.GetAsync(Delete(id))).SubmitAsync();
            }
        }

        await CancelAllAsync(browser);
    }

    private static async Task CancelAllAsync(WebBrowser browser)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        // What is being sent fails soon, and then waits.
        for (var areMessagesLeft = true; areMessagesLeft;)
        {
            areMessagesLeft = false;

            foreach (var state in (string[])["scheduled", "queued", "sending", "queued"])
            {
                if ((await browser.GetAsync($"/Admin/OutgoingMail/Log?state={state}")).TextsOf("tbody[role] tr").Count == 0)
                {
                    continue;
                }

                Assert.False(limit.IsCancellationRequested, $"There are still messages with the state {state}.");
                areMessagesLeft = true;
                var page = await browser.GetAsync($"{LogSelectionPages.Url("Cancel", [])}all=true&state={state}");

                if (page.Status == HttpStatusCode.OK)
                {
                    await LogSelectionPages.SubmitAsync(page);
                }
            }
        }
    }

    [GeneratedRegex("/Admin/OutgoingMail/Edit/([0-9a-z]{26})")]
    private static partial Regex EditLink();
}
