using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The outbox, as another module uses it.</summary>
[Collection(SiteCollection.Name)]
public sealed class OutboxTests(SiteFixture site)
{
    private static string Unique(string about = "Outbox") => $"{about} {Guid.NewGuid():N}";

    [Fact]
    public async Task A_message_is_sent_right_after_the_commit()
    {
        using var admin = await site.SignInAsAdminAsync();
        var server = await CreateServerAsync(admin, site.Exim.StartTlsPort);
        var subject = Unique();
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", server), ("bcc", "hidden@example.com"), ("category", " Greeting "));
        Assert.Equal(26, id.Length);
        var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);

        Assert.Equal(server, (string?)mail["configurationId"]);
        Assert.Equal(subject, (string?)mail["subject"]);
        Assert.Equal("greeting", (string?)mail["category"]);
        Assert.Equal(EximServer.UserName, (string?)mail["sender"]);
        Assert.Equal(["reader@example.com", "hidden@example.com"], mail["recipients"]!.AsArray().Select(address => (string)address!));
        Assert.Equal(1, (int)mail["attempts"]!);
        Assert.Null(mail["error"]);
        Assert.Null(mail["nextAttemptUtc"]);
        Assert.NotNull(mail["endedUtc"]);
        var received = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message;
        Assert.StartsWith("Sent by the outbox: grüße.", received.TextBody, StringComparison.Ordinal);
        Assert.Empty(received.Bcc);
        Assert.Equal((string?)mail["messageId"], received.MessageId);
    }

    [Theory]
    [InlineData("rollsBack")]
    [InlineData("throws")]
    public async Task A_rollback_leaves_no_message(string how)
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        var subject = Unique();
        var answer = await admin.PostAsync("/Horilla.TestHost/Outbox/Enqueue", new Dictionary<string, string> { ["to"] = "reader@example.com", ["subject"] = subject, ["configurationId"] = configuration, [how] = "true" });
        Assert.Equal(how == "throws" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK, answer.Status);

        // A later message of the same server overtakes nothing: it arrives alone.
        var next = await OutboxClient.EnqueueAsync(admin, Unique("Next"), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, next, OutboxMailState.Sent);
        Assert.DoesNotContain(server.Messages, message => message.Contains(subject, StringComparison.Ordinal));

        if (how == "rollsBack")
        {
            Assert.Null(await OutboxClient.FindAsync(admin, answer.Text));
        }
    }

    [Fact]
    public async Task The_same_key_is_the_same_message_and_sent_once()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        var (subject, key) = (Unique(), Unique("key"));
        var ids = (await SendServiceClient.PostAsync(admin, "Outbox/EnqueueConcurrently", new Dictionary<string, string> { ["subject"] = subject, ["configurationId"] = configuration, ["key"] = key, ["count"] = "50" })).AsArray().Select(id => (string)id!).Distinct().ToArray();

        Assert.Single(ids);
        await OutboxClient.WaitAsync(admin, ids[0], OutboxMailState.Sent);
        Assert.Equal(ids[0], await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration), ("key", key)));
        Assert.NotEqual(ids[0], await OutboxClient.EnqueueAsync(admin, Unique("Other"), ("configurationId", configuration), ("key", key.ToUpperInvariant())));
        Assert.Single(server.Messages, message => message.Contains(subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scheduled_message_waits_for_its_time()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration), ("notBefore", Iso(TimeSpan.FromHours(2))));
        var sentFirst = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, sentFirst, OutboxMailState.Sent);
        var waiting = (await OutboxClient.FindAsync(admin, id))!;
        Assert.Equal((int)OutboxMailState.Scheduled, (int)waiting["state"]!);
        Assert.Equal((DateTime)waiting["notBeforeUtc"]!, (DateTime)waiting["nextAttemptUtc"]!);

        await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(121), () => OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent));
    }

    [Fact]
    public async Task An_expired_message_is_never_sent()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        var subject = Unique();
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration), ("notBefore", Iso(TimeSpan.FromHours(1))), ("expires", Iso(TimeSpan.FromHours(2))));
        await OutboxClient.AtAsync(admin, TimeSpan.FromHours(3), async () =>
        {
            var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Expired);
            Assert.Equal("expired", (string?)mail["error"]!["code"]);
        });

        Assert.Empty(server.Messages);
        await HeardAsync(admin, $"given up {subject}: Expired, expired");
    }

    [Fact]
    public async Task A_message_can_be_cancelled_until_it_is_sent()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        var waiting = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration), ("notBefore", Iso(TimeSpan.FromHours(2))));

        Assert.True(await OutboxClient.CancelAsync(admin, waiting));
        Assert.True(await OutboxClient.CancelAsync(admin, waiting));
        Assert.Equal((int)OutboxMailState.Cancelled, (int)(await OutboxClient.FindAsync(admin, waiting))!["state"]!);
        var sent = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, sent, OutboxMailState.Sent);
        Assert.False(await OutboxClient.CancelAsync(admin, sent));
        Assert.False(await OutboxClient.CancelAsync(admin, "00000000000000000000000000"));
        await OutboxClient.AtAsync(admin, TimeSpan.FromHours(3), () => Task.CompletedTask);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_message_of_a_server_that_is_down_is_sent_when_it_is_up_again()
    {
        using var admin = await site.SignInAsAdminAsync();
        var port = FreePort.Next();
        var configuration = await CreatePlainServerAsync(admin, port);
        var subject = Unique();
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration));
        var deferred = await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);

        Assert.Equal((int)OutboxMailState.Queued, (int)deferred["state"]!);
        Assert.Equal("connection-refused", (string?)deferred["error"]!["code"]);
        var delay = (DateTime)deferred["nextAttemptUtc"]! - (DateTime)deferred["createdUtc"]!;
        Assert.InRange(delay, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(100));
        await HeardAsync(admin, $"deferred {subject}: connection-refused, {id}");

        await using var server = new FakeSmtpServer(port: port);
        await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(2), () => OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent));
        Assert.Single(server.Messages);
        await HeardAsync(admin, $"sent {subject}: Sent");
    }

    [Fact]
    public async Task A_failure_that_cannot_pass_is_final()
    {
        await using var server = new FakeSmtpServer((_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply("550 5.1.1 No such user\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var subject = Unique();
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", await CreatePlainServerAsync(admin, server.Port)));
        var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Failed);

        Assert.Contains("5.1.1", (string?)mail["error"]!["serverResponse"], StringComparison.Ordinal);
        await HeardAsync(admin, $"failed {subject}: ");
    }

    [Fact]
    public async Task Only_the_recipients_that_have_not_been_accepted_are_tried_again()
    {
        var isGreylisting = true;
        await using var server = new FakeSmtpServer((_, command) => command switch
        {
            _ when command.Contains("busy@", StringComparison.Ordinal) && isGreylisting => new SmtpReply("451 4.7.1 Try again later\r\n"),
            _ when command.Contains("gone@", StringComparison.Ordinal) => "550 5.1.1 No such user\r\n",
            _ => null,
        });
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreatePlainServerAsync(admin, server.Port)), ("to", "reader@example.com, busy@example.com, gone@example.com"));
        var deferred = await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);
        Assert.Equal((int)OutboxMailState.Queued, (int)deferred["state"]!);
        Assert.Equal("gone@example.com", (string?)deferred["refusedRecipients"]!.AsArray().Single()!["address"]);

        isGreylisting = false;
        await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(3), () => OutboxClient.WaitAsync(admin, id, OutboxMailState.PartiallySent));
        Assert.Equal(2, server.Messages.Count);
        Assert.Equal(1, server.Commands.Count(command => command.Contains("reader@", StringComparison.Ordinal)));
        Assert.Equal(2, server.Commands.Count(command => command.Contains("busy@", StringComparison.Ordinal)));
        Assert.Equal(1, server.Commands.Count(command => command.Contains("gone@", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_refused_sign_in_stops_the_queue_of_its_server_until_the_server_is_saved()
    {
        var accepts = false;
        await using var server = new FakeSmtpServer((_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) && !accepts ? new SmtpReply("535 5.7.8 Bad credentials\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port, ("NeedsNoSignIn", "false"), ("Password", "secret"));
        var first = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, first, mail => (int)mail["attempts"]! == 1);
        var signIns = server.Count("AUTH");
        var others = (await ManyAsync(admin, configuration, 20)).ToArray();
        var waiting = (await OutboxClient.FindAsync(admin, others[0]))!;

        // The others say why they wait, and none of them was tried.
        Assert.Equal((int)OutboxMailState.Queued, (int)waiting["state"]!);
        Assert.Equal((string?)(await OutboxClient.FindAsync(admin, first))!["error"]!["code"], (string?)waiting["error"]!["code"]);
        Assert.True((DateTime)waiting["nextAttemptUtc"]! > (DateTime)waiting["createdUtc"]!);
        Assert.Equal(signIns, server.Count("AUTH"));

        accepts = true;
        await (await admin.GetAsync(MailServerPages.Edit(configuration))).SubmitAsync(new() { [MailServerPages.Field("DisplayName")] = "Saved again" });
        await OutboxClient.WaitAsync(admin, first, OutboxMailState.Sent);
        await OutboxClient.WaitAsync(admin, others[^1], OutboxMailState.Sent);
        Assert.Equal(21, server.Messages.Count);
    }

    [Fact]
    public async Task A_message_without_a_server_waits_and_says_so()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var id = await OutboxClient.EnqueueAsync(admin, Unique());
        Assert.Equal("nothing-configured", (string?)(await OutboxClient.WaitAsync(admin, id, OutboxMailState.Queued))["error"]!["code"]);

        await using var server = new FakeSmtpServer();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        Assert.Equal(configuration, (string?)(await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent))["configurationId"]);
    }

    [Fact]
    public async Task A_message_whose_server_is_gone_goes_through_another_one()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await using var server = new FakeSmtpServer();
        var primary = await CreatePlainServerAsync(admin, server.Port);
        var gone = await CreatePlainServerAsync(admin, FreePort.Next());
        var byRule = await OutboxClient.EnqueueAsync(admin, Unique(), ("notBefore", Iso(TimeSpan.FromHours(1))));
        var byId = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", gone), ("notBefore", Iso(TimeSpan.FromHours(1))));
        await (await admin.GetAsync(MailServerPages.Delete(gone))).SubmitAsync([]);

        await OutboxClient.AtAsync(admin, TimeSpan.FromHours(2), async () =>
        {
            Assert.Equal(primary, (string?)(await OutboxClient.WaitAsync(admin, byRule, OutboxMailState.Sent))["configurationId"]);

            // The caller asked for this server and no other.
            var waiting = await OutboxClient.WaitAsync(admin, byId, mail => mail["error"] is not null);
            Assert.Equal("configuration-unknown", (string?)waiting["error"]!["code"]);
            Assert.Null(waiting["configurationId"]);
        });
    }

    [Fact]
    public async Task A_message_above_the_limit_is_an_error_and_leaves_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, site.Exim.StartTlsPort);
        var subject = Unique();

        Assert.StartsWith("OutboxMessageTooLargeException: The message is larger than 25.0 MB", await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration), ("attachment", "20000000")), StringComparison.Ordinal);
        Assert.Equal(0, await site.Documents.CountRowsAsync("OutgoingMailOutbox", "Subject", subject));

        // The caller's own change is saved all the same. The commit may follow the response.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (!(await site.Documents.DumpAsync()).Contains(subject, StringComparison.Ordinal))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    [Fact]
    public async Task An_attachment_arrives_as_it_was()
    {
        using var admin = await site.SignInAsAdminAsync();
        var subject = Unique();
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", await CreateServerAsync(admin, site.Exim.StartTlsPort)), ("attachment", "3000000"));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        var attachment = (MimeKit.MimePart)(await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message.Attachments.Single();
        using var content = new MemoryStream();
        await attachment.Content!.DecodeToAsync(content);

        Assert.Equal(3_000_000, content.Length);
    }

    [Fact]
    public async Task A_stream_that_fails_is_the_callers_error_and_leaves_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var subject = Unique();
        var answer = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", await CreateServerAsync(admin, site.Exim.StartTlsPort)), ("failingAttachment", "200000"));

        Assert.StartsWith("IOException", answer, StringComparison.Ordinal);
        Assert.Equal(0, await site.Documents.CountRowsAsync("OutgoingMailOutbox", "Subject", subject));
    }

    [Fact]
    public async Task What_a_caller_gets_wrong_is_an_error()
    {
        using var admin = await site.SignInAsAdminAsync();

        Assert.Contains("recipient", await OutboxClient.EnqueueAsync(admin, Unique(), ("to", "group:;")), StringComparison.Ordinal);
        Assert.Contains("idempotency key", await OutboxClient.EnqueueAsync(admin, Unique(), ("key", new string('x', 501))), StringComparison.Ordinal);
        Assert.Contains("category", await OutboxClient.EnqueueAsync(admin, Unique(), ("category", new string('x', 101))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stored_content_is_protected()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreateServerAsync(admin, site.Exim.StartTlsPort)), ("notBefore", Iso(TimeSpan.FromHours(2))));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Scheduled);
        var content = await site.Documents.ReadContentAsync(id);

        Assert.NotEmpty(content);
        Assert.DoesNotContain("Sent by the outbox", System.Text.Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        Assert.True(await OutboxClient.CancelAsync(admin, id));
    }

    [Fact]
    public async Task Damaged_content_fails_and_says_so()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreateServerAsync(admin, site.Exim.StartTlsPort)), ("notBefore", Iso(TimeSpan.FromHours(2))));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Scheduled);
        await site.Documents.DamageContentAsync(id);

        await OutboxClient.AtAsync(admin, TimeSpan.FromHours(3), async () =>
            Assert.Equal("content-unreadable", (string?)(await OutboxClient.WaitAsync(admin, id, OutboxMailState.Failed))["error"]!["code"]));
    }

    [Fact]
    public async Task A_broken_connection_after_the_content_began_leaves_the_message_in_doubt()
    {
        await using var server = new FakeSmtpServer((_, command) => command == "." ? new SmtpReply("", Closes: true) : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreatePlainServerAsync(admin, server.Port)));
        var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.InDoubt);

        Assert.Contains("may have accepted", (string?)mail["error"]!["nextStep"], StringComparison.Ordinal);
        Assert.NotNull(mail["endedUtc"]);
    }

    [Fact]
    public async Task A_message_is_given_up_after_its_period()
    {
        using var admin = await site.SignInAsAdminAsync();
        var subject = Unique();
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", await CreatePlainServerAsync(admin, FreePort.Next())));
        await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);

        await OutboxClient.AtAsync(admin, TimeSpan.FromHours(49), async () =>
        {
            var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Failed);
            Assert.Equal("given-up", (string?)mail["error"]!["code"]);
            Assert.Contains("48 hours", (string?)mail["error"]!["message"], StringComparison.Ordinal);
        });
        await HeardAsync(admin, $"given up {subject}: Failed, given-up");
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_at_once_can_go_into_the_outbox()
    {
        using var admin = await site.SignInAsAdminAsync();
        var port = FreePort.Next();
        var configuration = await CreatePlainServerAsync(admin, port);
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", configuration), ("subject", Unique()), ("retryInBackground", "true"), ("bcc", "hidden@example.com"));

        Assert.Equal((int)OutgoingMailStatus.Queued, (int)result["status"]!);
        Assert.Equal("connection-refused", (string?)result["error"]!["code"]);
        var id = (string)result["mailId"]!;
        Assert.Equal(1, (int)(await OutboxClient.FindAsync(admin, id))!["attempts"]!);
        await using var server = new FakeSmtpServer(port: port);
        await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(2), () => OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent));
        Assert.Single(server.Messages);
        Assert.Equal(2, server.Count("RCPT"));
    }

    [Theory]
    [InlineData("", OutgoingMailStatus.Queued, OutboxMailState.Sent)]
    [InlineData("never@example.com", OutgoingMailStatus.PartiallySent, OutboxMailState.PartiallySent)]
    public async Task A_message_that_only_some_recipients_get_at_once_goes_into_the_outbox_for_the_others(string rejected, OutgoingMailStatus status, OutboxMailState state)
    {
        var isBusy = true;
        await using var server = new FakeSmtpServer((_, command) => command switch
        {
            "RCPT TO:<busy@example.com>" when isBusy => new SmtpReply("450 4.2.0 Mailbox busy\r\n"),
            "RCPT TO:<never@example.com>" => new SmtpReply("550 5.1.1 No such user\r\n"),
            _ => null,
        });
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        var subject = Unique();
        var result = await SendServiceClient.SendAsync(admin, ("configurationId", configuration), ("subject", subject), ("retryInBackground", "true"), ("to", $"first@example.com, busy@example.com{(rejected.Length > 0 ? ", " + rejected : "")}"));

        Assert.Equal((int)status, (int)result["status"]!);
        Assert.Equal(rejected.Length > 0 ? [rejected] : Array.Empty<string>(), result["refusedRecipients"]!.AsArray().Select(refusal => (string)refusal!["address"]!));
        isBusy = false;
        await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(2), () => OutboxClient.WaitAsync(admin, (string)result["mailId"]!, state));
        Assert.Equal(2, server.Messages.Count);
        Assert.Equal(1, server.Count("RCPT TO:<first@example.com>"));
        Assert.Equal(2, server.Count("RCPT TO:<busy@example.com>"));
        Assert.Equal(rejected.Length > 0 ? 1 : 0, server.Count("RCPT TO:<never@example.com>"));

        // The log has one line for it.
        Assert.Single((await admin.GetAsync($"/Admin/OutgoingMail/Log?search={subject}")).TextsOf("tbody[role] tr"));
    }

    [Fact]
    public async Task Urgent_messages_overtake_bulk_messages()
    {
        var gate = new TaskCompletionSource();
        await using var server = new FakeSmtpServer((_, command) =>
        {
            if (command.StartsWith("MAIL", StringComparison.Ordinal))
            {
                gate.Task.Wait(TimeSpan.FromSeconds(30));
            }

            return null;
        });
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port, ("MaxConnections", "1"));
        var bulk = (await ManyAsync(admin, configuration, 200)).ToArray();
        var urgent = await OutboxClient.EnqueueAsync(admin, Unique("Urgent"), ("configurationId", configuration), ("priority", "High"));
        gate.SetResult();
        await OutboxClient.WaitAsync(admin, bulk[^1], OutboxMailState.Sent);
        await OutboxClient.WaitAsync(admin, urgent, OutboxMailState.Sent);
        var position = server.Messages.Index().Single(message => message.Item.Contains("Urgent", StringComparison.Ordinal)).Index;

        // After those that were already claimed.
        Assert.InRange(position, 0, 100);
    }

    [Fact]
    public async Task Another_server_stands_in_for_one_that_cannot_be_used()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var (standInName, downName) = (MailServerPages.UniqueName("standin"), MailServerPages.UniqueName("down"));
        var standIn = await CreatePlainServerAsync(admin, server.Port, ("Username", standInName));
        var down = await CreatePlainServerAsync(admin, FreePort.Next(), ("Username", downName), ("FallbackConfigurationId", standIn));
        var subject = Unique("Moved");
        var first = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", down));
        Assert.Equal(standIn, (string?)(await OutboxClient.WaitAsync(admin, first, OutboxMailState.Sent))["configurationId"]);
        Assert.Equal(2, (int)(await OutboxClient.FindAsync(admin, first))!["attempts"]!);

        // The log names both.
        var attempts = (await admin.GetAsync($"/Admin/OutgoingMail/Log/Message/{first}")).TextsOf("section h3");
        Assert.Equal([$"through {standInName}", $"through {downName}"], attempts.Select(attempt => attempt[attempt.IndexOf("through", StringComparison.Ordinal)..]));

        // The server that is down is blocked after some of them. The others go to the other one without an attempt.
        foreach (var id in await ManyAsync(admin, down, 20))
        {
            Assert.Equal(standIn, (string?)(await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent))["configurationId"]);
        }

        Assert.Equal(21, server.Messages.Count);
    }

    [Fact]
    public async Task A_limit_of_messages_per_minute_is_kept()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port, ("MessagesPerMinute", "3"));
        var ids = (await ManyAsync(admin, configuration, 5)).ToArray();
        await OutboxClient.WaitAsync(admin, ids[2], OutboxMailState.Sent);
        var waiting = await OutboxClient.WaitAsync(admin, ids[4], mail => (DateTime)mail["nextAttemptUtc"]! > ((DateTime)mail["createdUtc"]!).AddSeconds(30));
        Assert.Equal((int)OutboxMailState.Queued, (int)waiting["state"]!);
        Assert.Equal(3, server.Messages.Count);

        await OutboxClient.AtAsync(admin, TimeSpan.FromMinutes(3), () => OutboxClient.WaitAsync(admin, ids[4], OutboxMailState.Sent));
        Assert.Equal(5, server.Messages.Count);
    }

    [Fact]
    public async Task A_limit_of_recipients_per_day_counts_recipients()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port, ("RecipientsPerDay", "4"));
        var first = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration), ("to", "a@example.com, b@example.com, c@example.com"));
        await OutboxClient.WaitAsync(admin, first, OutboxMailState.Sent);
        var second = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration), ("to", "a@example.com, b@example.com, c@example.com"));
        var third = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, third, OutboxMailState.Queued, OutboxMailState.Sent);
        Assert.Equal((int)OutboxMailState.Queued, (int)(await OutboxClient.FindAsync(admin, second))!["state"]!);

        await OutboxClient.AtAsync(admin, TimeSpan.FromHours(26), () => OutboxClient.WaitAsync(admin, second, OutboxMailState.Sent));
    }

    [Fact]
    public async Task A_connection_is_kept_for_urgent_messages()
    {
        var gate = new TaskCompletionSource();
        await using var server = new FakeSmtpServer((connection, command) =>
        {
            // Bulk messages hang while they are transferred.
            if (command.Contains("slow@", StringComparison.Ordinal))
            {
                gate.Task.Wait(TimeSpan.FromSeconds(60));
            }

            return null;
        });
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port, ("MaxConnections", "2"), ("TimeoutSeconds", "120"));
        var slow = await OutboxClient.EnqueueAsync(admin, Unique("Slow"), ("configurationId", configuration), ("to", "slow@example.com"), ("priority", "Bulk"));
        var urgent = await OutboxClient.EnqueueAsync(admin, Unique("Urgent"), ("configurationId", configuration), ("priority", "High"));
        await OutboxClient.WaitAsync(admin, urgent, OutboxMailState.Sent);
        Assert.Equal((int)OutboxMailState.Sending, (int)(await OutboxClient.FindAsync(admin, slow))!["state"]!);
        gate.SetResult();
        await OutboxClient.WaitAsync(admin, slow, OutboxMailState.Sent);
    }

    [Fact]
    public async Task An_administrator_chooses_the_server_of_a_category()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreatePlainServerAsync(admin, server.Port);
        await CreatePlainServerAsync(admin, FreePort.Next(), ("IsPrimary", "true"));
        var category = $"c{Guid.NewGuid():N}";
        var first = await OutboxClient.EnqueueAsync(admin, Unique(), ("category", category));
        Assert.NotEqual(configuration, (string?)(await OutboxClient.WaitAsync(admin, first, OutboxMailState.Queued))["configurationId"]);

        var page = await admin.GetAsync("/Admin/OutgoingMail/Routing");
        Assert.Contains("Announced by the test host", page.TextsOf("label bdi"));
        var field = page.Document.QuerySelectorAll("input[type=hidden]").Single(input => input.GetAttribute("value") == category).GetAttribute("name")!.Replace("Category", "ConfigurationId", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await page.SubmitAsync(new() { [field] = configuration })).Status);
        var second = await OutboxClient.EnqueueAsync(admin, Unique(), ("category", category.ToUpperInvariant()));
        Assert.Equal(configuration, (string?)(await OutboxClient.WaitAsync(admin, second, OutboxMailState.Sent))["configurationId"]);

        // The server of a category can be deleted: the usual rules apply again.
        await (await admin.GetAsync(MailServerPages.Delete(configuration))).SubmitAsync([]);
        var third = await OutboxClient.EnqueueAsync(admin, Unique(), ("category", category));
        Assert.NotEqual(configuration, (string?)(await OutboxClient.WaitAsync(admin, third, OutboxMailState.Queued))["configurationId"]);
        var stale = await page.SubmitAsync(new() { [field] = configuration });
        Assert.StartsWith("Nothing was saved.", stale.TextOf("main .alert-danger"), StringComparison.Ordinal);
        await OutboxClient.CancelAsync(admin, first);
        await OutboxClient.CancelAsync(admin, third);
    }

    [Theory]
    [InlineData("MessagesPerMinute", "0", "om-minute-error")]
    [InlineData("RecipientsPerDay", "many", "om-day-error")]
    [InlineData("FallbackConfigurationId", "00000000000000000000000000", "om-fallback-error")]
    public async Task Invalid_settings_of_a_server_are_reported_at_their_fields(string field, string value, string error)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await CreateServerAsync(admin, 587);
        var page = await (await admin.GetAsync(MailServerPages.Edit(id))).SubmitAsync(new() { [MailServerPages.Field(field)] = value });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEqual("", page.TextOf($"#{error}"));
    }

    [Fact]
    public async Task A_database_that_cannot_store_a_message_is_an_error_and_leaves_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, site.Exim.StartTlsPort);
        var subject = Unique();
        await using (await site.Documents.FailInsertsAsync("OutgoingMailOutboxContent", "\"Number\" >= 2"))
        {
            var answer = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration), ("attachment", "3000000"));
            Assert.StartsWith("OutboxStorageException: The message couldn't be stored in the outbox", answer, StringComparison.Ordinal);
        }

        var next = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, next, OutboxMailState.Sent);
        Assert.Equal(0, await site.Documents.CountRowsAsync("OutgoingMailOutbox", "Subject", subject));
    }

    private static async Task<IEnumerable<string>> ManyAsync(WebBrowser browser, string configurationId, int count)
        => (await SendServiceClient.PostAsync(browser, "Outbox/Many", new Dictionary<string, string> { ["subject"] = Unique("Bulk"), ["configurationId"] = configurationId, ["count"] = MailServerPages.Invariant(count) })).AsArray().Select(id => (string)id!);

    private static Task<string> CreateServerAsync(WebBrowser browser, int port, params (string Name, string? Value)[] values)
        => MailServerPages.CreateAsync(browser, [("Port", MailServerPages.Invariant(port)), .. values]);

    private static Task<string> CreatePlainServerAsync(WebBrowser browser, int port, params (string Name, string? Value)[] values)
        => CreateServerAsync(browser, port, [("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), .. values]);

    private static string Iso(TimeSpan fromNow) => (TimeProvider.System.GetUtcNow() + fromNow).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static async Task HeardAsync(WebBrowser browser, string about)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (JsonNode.Parse((await browser.GetAsync($"/Horilla.TestHost/Send/Heard?about={Uri.EscapeDataString(about)}")).Text)!.AsArray().Count == 0)
        {
            Assert.False(limit.IsCancellationRequested, $"'{about}' wasn't heard.");
            await Task.Delay(20);
        }
    }
}
