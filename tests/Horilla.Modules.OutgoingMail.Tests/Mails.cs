using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>What the tests do with the send service, as another module uses it.</summary>
internal static class Mails
{
    public const int Sent = 0;
    public const int Failed = 1;
    public const int Suppressed = 2;
    public const int PartiallySent = 3;

    /// <summary>Sends a mail by the service.</summary>
    /// <returns>The result, as JSON.</returns>
    public static Task<JsonNode> SendAsync(WebBrowser browser, params (string Name, string Value)[] values)
    {
        var fields = new Dictionary<string, string> { ["to"] = "reader@example.com", ["subject"] = "By a module" };

        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        return PostAsync(browser, "Send/Index", fields);
    }

    /// <summary>Has the test host do its work.</summary>
    /// <param name="browser">Who asks for it.</param>
    /// <param name="action">Controller and action.</param>
    /// <param name="fields">What it takes.</param>
    public static async Task<JsonNode> PostAsync(WebBrowser browser, string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var answer = await browser.PostAsync($"/Horilla.TestHost/{action}", fields);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} for {System.Text.Json.JsonSerializer.Serialize(fields)}: {answer.Text}");

        return JsonNode.Parse(answer.Text)!;
    }
}
