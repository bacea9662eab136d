using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Sends messages through the send service, as another module would.</summary>
internal static class SendServiceClient
{
    public const int Sent = 0;
    public const int Failed = 1;
    public const int Suppressed = 2;
    public const int PartiallySent = 3;

    /// <summary>Sends a message through the send service.</summary>
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

    /// <summary>Calls an action of the test host.</summary>
    /// <param name="browser">The browser that sends the request.</param>
    /// <param name="action">Controller and action.</param>
    /// <param name="fields">The form fields of the request.</param>
    public static async Task<JsonNode> PostAsync(WebBrowser browser, string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var answer = await browser.PostAsync($"/Horilla.TestHost/{action}", fields);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} for {System.Text.Json.JsonSerializer.Serialize(fields)}: {answer.Text}");

        return JsonNode.Parse(answer.Text)!;
    }
}
