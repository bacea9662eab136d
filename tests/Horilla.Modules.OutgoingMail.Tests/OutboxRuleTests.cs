using System.Globalization;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>When the outbox tries again, with a clock that the test moves.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutboxRuleTests(SiteFixture site)
{
    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Each_delay_of_the_schedule_is_kept_and_extended_by_a_fifth_at_most()
    {
        var isBusy = true;
        await using var server = new FakeSmtpServer((_, command) => isBusy && command.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply("450 4.2.0 Mailbox busy\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var (before, offset) = (Now, TimeSpan.Zero);
        var id = await OutboxClient.EnqueueAsync(admin, "Busy", ("configurationId", await CreateServerAsync(admin, server.Port)));

        try
        {
            foreach (var (attempt, minutes) in new[] { 1, 5, 15, 30, 60, 120, 240, 240, 240 }.Index())
            {
                var mail = await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == attempt + 1);
                var delay = TimeSpan.FromMinutes(minutes);
                var next = NextAttemptOf(mail);
                Assert.InRange(next, before + offset + delay, Now + offset + (delay * 1.2));

                // The clock is moved in whole minutes.
                (before, offset) = (Now, TimeSpan.FromMinutes(Math.Ceiling((next - Now).TotalMinutes)));
                await OutboxClient.SetClockAsync(admin, offset);
            }

            isBusy = false;
            await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 10);
            await OutboxClient.SetClockAsync(admin, offset + TimeSpan.FromHours(5));
            await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        }
        finally
        {
            await OutboxClient.SetClockAsync(admin, TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_server_that_breaks_connections_is_left_alone_after_five_failures_and_probed_after_longer_and_longer_times()
    {
        var isBroken = true;
        await using var server = new FakeSmtpServer((_, command) => isBroken && command.StartsWith("MAIL", StringComparison.Ordinal) ? new SmtpReply("", Closes: true) : null);
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port, ("MaxConnections", "1"));
        var ids = (await SendServiceClient.PostAsync(admin, "Outbox/Many", new Dictionary<string, string> { ["subject"] = "Broken", ["configurationId"] = configuration, ["count"] = "7" })).AsArray().Select(id => (string)id!).ToArray();
        var mails = await WaitForAttemptsAsync(admin, ids, 5);
        var offset = TimeSpan.Zero;

        try
        {
            foreach (var (number, minutes) in new[] { 1, 2, 4, 8, 16, 30, 30 }.Index())
            {
                Assert.InRange(mails.Min(NextAttemptOf), Now + offset + TimeSpan.FromMinutes(minutes - 1), Now + offset + TimeSpan.FromMinutes(minutes));
                offset += TimeSpan.FromMinutes(minutes);
                isBroken = number < 6;
                await OutboxClient.SetClockAsync(admin, offset);

                if (isBroken)
                {
                    mails = await WaitForAttemptsAsync(admin, ids, 6 + number);
                }
            }

            // It works again, so that the others wait for nothing but their own time.
            await OutboxClient.SetClockAsync(admin, offset + TimeSpan.FromHours(1));

            foreach (var id in ids)
            {
                await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
            }
        }
        finally
        {
            await OutboxClient.SetClockAsync(admin, TimeSpan.Zero);
        }

        Assert.Equal(7, server.Messages.Count);
    }

    [Fact]
    public async Task A_limit_is_kept_across_a_restart_and_counts_what_is_sent_at_once()
    {
        await using var server = new FakeSmtpServer();
        await using var other = new FakeSmtpServer();
        var folder = site.Folder.CreateSubfolder("limit-restart");
        string configuration;
        string[] ids;

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder, site.Trusted.CertificateFile))
        {
            using var admin = await SignInAsync(host);
            configuration = await CreateServerAsync(admin, server.Port, ("MessagesPerMinute", "3"));
            await SendServiceClient.SendAsync(admin, ("configurationId", configuration), ("subject", "At once"));
            await LoggedAsync(admin, configuration);
            ids = [.. (await SendServiceClient.PostAsync(admin, "Outbox/Many", new Dictionary<string, string> { ["subject"] = "Limited", ["configurationId"] = configuration, ["count"] = "5" })).AsArray().Select(id => (string)id!)];
            await OutboxClient.WaitAsync(admin, ids[1], OutboxMailState.Sent);
        }

        await using (var host = await HostProcess.StartAsync("tests/Horilla.TestHost", folder, site.Trusted.CertificateFile))
        {
            using var admin = await SignInAsync(host);
            var elsewhere = await OutboxClient.EnqueueAsync(admin, "Elsewhere", ("configurationId", await CreateServerAsync(admin, other.Port)));
            await OutboxClient.WaitAsync(admin, elsewhere, OutboxMailState.Sent);
            var waiting = await OutboxClient.WaitAsync(admin, ids[4], mail => NextAttemptOf(mail) > (DateTime)mail["createdUtc"]!);
            Assert.Equal((int)OutboxMailState.Queued, (int)waiting["state"]!);
            Assert.Equal(3, server.Messages.Count);

            await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(3), () => OutboxClient.WaitAsync(admin, ids[4], OutboxMailState.Sent));
            Assert.Equal(6, server.Messages.Count);
        }
    }

    private static DateTime NextAttemptOf(JsonNode mail) => ((DateTime)mail["nextAttemptUtc"]!).ToUniversalTime();

    private static Task<string> CreateServerAsync(WebBrowser browser, int port, params (string Name, string? Value)[] values)
        => MailServerPages.CreateAsync(browser, [("Port", MailServerPages.Invariant(port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), .. values]);

    private static async Task<WebBrowser> SignInAsync(HostProcess host)
    {
        var browser = new WebBrowser(host.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);

        return browser;
    }

    /// <summary>Waits until the messages have been tried a number of times together.</summary>
    private static async Task<IReadOnlyList<JsonNode>> WaitForAttemptsAsync(WebBrowser browser, string[] ids, int attempts)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (true)
        {
            var mails = await FindAllAsync(browser, ids);
            var sum = mails.Sum(mail => (int)mail["attempts"]!);

            if (sum == attempts && mails.TrueForAll(mail => (int)mail["state"]! == (int)OutboxMailState.Queued))
            {
                // Again, because the last attempt may have ended between two of them.
                return await FindAllAsync(browser, ids);
            }

            Assert.False(limit.IsCancellationRequested, string.Create(CultureInfo.InvariantCulture, $"The messages have been tried {sum} times instead of {attempts}."));
            await Task.Delay(20);
        }
    }

    private static async Task<List<JsonNode>> FindAllAsync(WebBrowser browser, string[] ids)
    {
        var mails = new List<JsonNode>();

        foreach (var id in ids)
        {
            mails.Add((await OutboxClient.FindAsync(browser, id))!);
        }

        return mails;
    }

    /// <summary>Waits until the log has a message: those that were sent at once are written a little later.</summary>
    private static async Task LoggedAsync(WebBrowser browser, string configuration)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while ((await browser.GetAsync($"/Admin/OutgoingMail/Log?server={configuration}")).TextsOf("tbody[role] tr").Count == 0)
        {
            Assert.False(limit.IsCancellationRequested, "The message isn't in the log.");
            await Task.Delay(20);
        }
    }
}
