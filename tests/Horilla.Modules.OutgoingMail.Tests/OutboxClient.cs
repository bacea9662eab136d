using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Uses the outbox through the test host, as another module would.</summary>
internal static class OutboxClient
{
    /// <summary>Enqueues a message, and returns its ID or the error.</summary>
    public static async Task<string> EnqueueAsync(WebBrowser browser, string subject, params (string Name, string Value)[] values)
    {
        var fields = new Dictionary<string, string> { ["to"] = "reader@example.com", ["subject"] = subject };

        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        var answer = await browser.PostAsync("/Horilla.TestHost/Outbox/Enqueue", fields);
        Assert.Equal(HttpStatusCode.OK, answer.Status);

        return answer.Text;
    }

    /// <summary>Returns a message, or null.</summary>
    public static async Task<JsonNode?> FindAsync(WebBrowser browser, string id) => JsonNode.Parse((await browser.GetAsync($"/Horilla.TestHost/Outbox/Find?id={id}")).Text);

    /// <summary>Waits until a message has one of these states, and returns it.</summary>
    public static Task<JsonNode> WaitAsync(WebBrowser browser, string id, params OutboxMailState[] states)
        => WaitAsync(browser, id, mail => Array.Exists(states, state => (int)mail["state"]! == (int)state));

    /// <summary>Waits until a message meets a condition, and returns it.</summary>
    public static async Task<JsonNode> WaitAsync(WebBrowser browser, string id, Func<JsonNode, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (true)
        {
            var mail = await FindAsync(browser, id);

            if (mail is not null && condition(mail))
            {
                return mail;
            }

            Assert.False(limit.IsCancellationRequested, $"The message stays {mail?.ToJsonString()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Moves the clock of the host, and wakes its senders.</summary>
    public static async Task SetClockAsync(WebBrowser browser, TimeSpan offset)
    {
        await browser.GetAsync($"/Horilla.TestHost/Clock/Set?minutes={((int)offset.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        await SendServiceClient.PostAsync(browser, "Outbox/Wake", []);
    }

    /// <summary>Runs a part of a test at a later time, and sets the clock back.</summary>
    public static async Task AtAsync(WebBrowser browser, TimeSpan offset, Func<Task> run)
    {
        await SetClockAsync(browser, offset);

        try
        {
            await run();
        }
        finally
        {
            await SetClockAsync(browser, TimeSpan.Zero);
        }
    }

    public static async Task<bool> CancelAsync(WebBrowser browser, string id) => (bool)await SendServiceClient.PostAsync(browser, "Outbox/Cancel", new Dictionary<string, string> { ["id"] = id });
}
