using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Changes the outbox settings through their page.</summary>
internal static class OutboxPages
{
    public const string Settings = "/Admin/OutgoingMail/OutboxSettings";

    /// <summary>Runs a part of a test with other settings, and restores the previous ones.</summary>
    public static async Task WithSettingsAsync(WebBrowser browser, (string Name, string? Value)[] values, Func<Task> run)
    {
        var page = await browser.GetAsync(Settings);
        var before = page.Fields();
        Assert.Equal(HttpStatusCode.Redirect, (await page.SubmitAsync(values.ToDictionary(value => value.Name, value => value.Value))).Status);

        try
        {
            await run();
        }
        finally
        {
            // A box that wasn't ticked isn't among the fields.
            var restore = before.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(field => field.Key, field => (string?)field.Value);

            foreach (var (name, _) in values)
            {
                restore.TryAdd(name, null);
            }

            await (await browser.GetAsync(Settings)).SubmitAsync(restore);
        }
    }
}
