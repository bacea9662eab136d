using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The mail log, as an administrator sees it.</summary>
[Collection(SiteCollection.Name)]
public sealed class LogTests(SiteFixture site)
{
    private const string Log = "/Admin/OutgoingMail/Log";

    private static string Unique(string about = "Logged") => $"{about} {Guid.NewGuid():N}";

    private static string Message(string id) => $"{Log}/Message/{id}";

    [Fact]
    public async Task Every_message_is_listed_with_its_state()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var marker = Guid.NewGuid().ToString("N");
        var id = await OutboxClient.EnqueueAsync(admin, $"By the outbox {marker}", ("configurationId", configuration), ("category", "Greeting"));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        await SendServiceClient.SendAsync(admin, ("configurationId", configuration), ("subject", $"At once {marker}"));
        await SendServiceClient.SendAsync(admin, ("configurationId", await CreateServerAsync(admin, FreePort.Next())), ("subject", $"Refused {marker}"));
        var page = await WaitForRowsAsync(admin, $"{Log}?search={marker}", 3);

        Assert.Equal(["Failed", "Sent", "Sent"], page.TextsOf("tbody[role] .badge"));
        Assert.Contains("reader@example.com", page.TextOf("tbody[role] tr"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{Log}?category=greeting&state=sent&server={configuration}")).Status);
        Assert.Single((await admin.GetAsync($"{Log}?search={marker}&category=greeting")).TextsOf("tbody[role] tr"));
        Assert.Single((await admin.GetAsync($"{Log}?search={marker}&state=failed")).TextsOf("tbody[role] tr"));
        Assert.Equal(2, (await admin.GetAsync($"{Log}?search={marker}&server={configuration}")).TextsOf("tbody[role] tr").Count);
    }

    [Fact]
    public async Task A_test_message_is_listed()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        await (await admin.GetAsync($"/Admin/OutgoingMail/Test/{configuration}")).SubmitAsync(new() { ["recipient"] = "tester@example.com" });
        var page = await WaitForRowsAsync(admin, $"{Log}?server={configuration}", 1);

        Assert.Equal(["Sent", "Test"], page.TextsOf("tbody[role] .badge"));
    }

    [Fact]
    public async Task Messages_are_found_by_recipient_its_beginning_Message_ID_and_subject()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var name = Guid.NewGuid().ToString("N");
        var subject = Unique("100% [odd] _subject_");
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration), ("to", $"other@example.com, {name}@Example.com"));
        var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);

        foreach (var search in (string[])[$"{name}@example.com", name[..20].ToUpperInvariant(), (string)mail["messageId"]!, $"<{mail["messageId"]}>", subject[5..], subject.ToUpperInvariant()])
        {
            var rows = (await admin.GetAsync($"{Log}?search={Uri.EscapeDataString(search)}")).TextsOf("tbody[role] tr");
            Assert.True(rows.Count == 1, $"'{search}' finds {rows.Count} messages");
        }

        Assert.Empty((await admin.GetAsync($"{Log}?search={Uri.EscapeDataString(name[1..])}")).TextsOf("tbody[role] tr"));
        Assert.Empty((await admin.GetAsync($"{Log}?search={Uri.EscapeDataString("%" + name)}")).TextsOf("tbody[role] tr"));
    }

    [Fact]
    public async Task Pages_lead_to_older_and_newer_messages()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var ids = await SendManyAsync(admin, configuration, 120);
        var seen = new List<string>();
        var page = await admin.GetAsync($"{Log}?server={configuration}");
        Assert.Contains("120 messages", page.TextOf(".om-list-footer"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("a[rel=prev]"));
        seen.AddRange(Ids(page));

        while (page.Document.QuerySelector("a[rel=next]") is { } next)
        {
            page = await admin.GetAsync(next.GetAttribute("href")!);
            seen.AddRange(Ids(page));
        }

        Assert.Equal(ids.Reverse(), seen);
        page = await admin.GetAsync(page.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(seen.Skip(50).Take(50), Ids(page));
        var oldest = await admin.GetAsync($"{Log}?server={configuration}&sort=oldest");
        Assert.Equal(ids.Take(50), Ids(oldest));
    }

    [Fact]
    public async Task A_search_finds_recipients_first_and_subjects_if_there_are_none_or_on_request()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var word = $"w{Guid.NewGuid():N}";
        var subject = await OutboxClient.EnqueueAsync(admin, $"Über {word}", ("configurationId", configuration));
        Assert.Equal([subject], Ids(await admin.GetAsync($"{Log}?search={word}")));
        Assert.Equal([subject], Ids(await admin.GetAsync($"{Log}?search={Uri.EscapeDataString("Über " + word)}")));

        var recipient = await OutboxClient.EnqueueAsync(admin, "Other", ("configurationId", configuration), ("to", $"{word}@example.com"));
        var page = await admin.GetAsync($"{Log}?search={word}");
        Assert.Equal([recipient], Ids(page));
        var subjects = await admin.GetAsync(page.Document.QuerySelectorAll("main p a").Single(link => link.TextContent == "Search the subjects instead").GetAttribute("href")!);
        Assert.Equal([subject], Ids(subjects));
        Assert.Contains("Only the last 7 days were searched.", subjects.TextOf("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("Only the last 7 days", (await admin.GetAsync($"{Log}?search={word}&in=subject&period=all")).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_with_many_matching_recipients_does_not_hide_older_ones()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var word = $"p{Guid.NewGuid():N}";
        var older = await OutboxClient.EnqueueAsync(admin, "Older", ("configurationId", configuration), ("to", $"{word}-0@example.com"));
        var newer = await OutboxClient.EnqueueAsync(admin, "Newer", ("configurationId", configuration), ("to", string.Join(", ", Enumerable.Range(1, 90).Select(number => $"{word}-{number}@example.com"))));
        var page = await admin.GetAsync($"{Log}?search={word}");

        Assert.Equal([newer, older], Ids(page));
        Assert.Contains("2 messages", page.TextOf(".om-list-footer"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("after=1-x&state=nothing&period=never&server=x&sort=up")]
    [InlineData("after=99999999999999999999-00000000000000000000000000")]
    [InlineData("before=0-00000000000000000000000000")]
    public async Task An_address_that_nobody_typed_on_purpose_shows_the_log(string query)
    {
        using var admin = await site.SignInAsAdminAsync();

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{Log}?{query}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(Message("00000000000000000000000000"))).Status);
    }

    [Fact]
    public async Task A_message_shows_its_attempts_its_diagnosis_and_its_content()
    {
        await using var server = new FakeSmtpServer((_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? new SmtpReply("550 5.1.1 No such user here\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var subject = Unique("<b>Bold</b>");
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", await CreateServerAsync(admin, server.Port)), ("attachment", "1000"));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Failed);
        var page = await admin.GetAsync(Message(id));

        Assert.Equal(subject, page.Title);
        Assert.Equal("Failed", page.TextOf(".om-badges .badge"));
        Assert.Contains("550 5.1.1 No such user here", page.TextOf("#om-attempt-1"), StringComparison.Ordinal);
        Assert.Contains("How to fix it:", page.TextOf("#om-attempt-1"), StringComparison.Ordinal);
        Assert.Equal("Sent by the outbox: grüße.", page.TextOf(".om-source"));
        Assert.Contains("Subject", page.TextsOf(".om-headers dt"));
        var attachment = await admin.GetAsync(page.Document.QuerySelector("a[href*=Attachment]")!.GetAttribute("href")!);
        Assert.Equal(1000, attachment.Text.Length);
        Assert.Contains("Sent by the outbox", (await admin.GetAsync($"/Admin/OutgoingMail/LogContent/Source/{id}")).Text.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/Admin/OutgoingMail/LogContent/Attachment/{id}?number=7")).Status);
    }

    [Fact]
    public async Task Hostile_HTML_is_shown_without_scripts_and_loads_nothing()
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique("\"><script>alert(1)</script>"), ("configurationId", await CreateServerAsync(admin, FreePort.Next())), ("html", "<p onclick=\"steal()\">Hello</p><script>steal()</script><img src=\"https://tracker.example/x.png\"><link rel=\"stylesheet\" href=\"https://tracker.example/x.css\"><form action=\"https://tracker.example\"><input name=\"x\"></form><a href=\"javascript:steal()\">link</a><div style=\"background:url(https://tracker.example/y.png)\">styled</div><meta http-equiv=\"refresh\" content=\"0;url=https://tracker.example\">"));
        await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);
        var page = await admin.GetAsync(Message(id));
        var frame = page.Document.QuerySelector("iframe")!;
        Assert.True(frame.HasAttribute("sandbox"));
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        var html = await admin.GetAsync(frame.GetAttribute("src")!);

        Assert.Contains("Hello", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("tracker.example", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("steal", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await OutboxClient.CancelAsync(admin, id);
    }

    [Theory]
    [InlineData("a part that never ends", "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHalf a part")]
    [InlineData("no such charset", "Content-Type: text/plain; charset=\"no-such-charset\"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%not base64%%%")]
    [InlineData("a type that is none", "Content-Type: ///;;;\r\n\r\nText")]
    [InlineData("nothing at all", "")]
    [InlineData("a message within a message", "Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?q?=FF=FE?=\r\nFrom: <<>>\r\n\r\n<script>steal()</script>")]
    public async Task Broken_MIME_is_shown_as_far_as_it_can_be_read(string what, string rest)
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, "", ("configurationId", await CreateServerAsync(admin, server.Port)), ("source", $"To: reader@example.com\r\nSubject: {what}\r\n{rest}"));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        var page = await admin.GetAsync(Message(id));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(what, page.Title);
        Assert.DoesNotContain("<script>steal", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/Admin/OutgoingMail/LogContent/Source/{id}")).Status);
        Assert.Contains((await admin.GetAsync($"/Admin/OutgoingMail/LogContent/Html/{id}")).Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotFound]);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{Log}?search={Uri.EscapeDataString(what)}")).Status);
    }

    [Fact]
    public async Task A_hostile_attachment_and_a_huge_subject_are_shown_safely()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var subject = new string('S', 50_000);
        var id = await OutboxClient.EnqueueAsync(admin, "", ("configurationId", await CreateServerAsync(admin, server.Port)), ("source",
            $"To: reader@example.com\r\nSubject: {subject}\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n"
            + "--x\r\nContent-Type: text/html; name=\"../../<img src=x onerror=steal()>.zip\"\r\nContent-Disposition: attachment; filename=\"../../<img src=x onerror=steal()>.zip\"\r\n\r\n<script>steal()</script>\r\n--x--"));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        var page = await admin.GetAsync(Message(id));
        Assert.True(page.Title.Length <= 255);
        Assert.DoesNotContain("<img src=x", page.Text, StringComparison.Ordinal);

        var attachment = await admin.GetAsync(page.Document.QuerySelector("a[href*=Attachment]")!.GetAttribute("href")!);
        Assert.Equal("<script>steal()</script>", attachment.Text);
        Assert.Equal("application/octet-stream", attachment.ContentHeaders.ContentType?.MediaType);
        Assert.Equal("attachment", attachment.ContentHeaders.ContentDisposition?.DispositionType);
        Assert.DoesNotContain("/", attachment.ContentHeaders.ContentDisposition?.FileNameStar ?? attachment.ContentHeaders.ContentDisposition?.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_message_can_be_tried_now_and_cancelled()
    {
        using var admin = await site.SignInAsAdminAsync();
        var port = FreePort.Next();
        var configuration = await CreateServerAsync(admin, port);
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);
        await using var server = new FakeSmtpServer(port: port);
        await ActAsync(admin, id, "TryNow");
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);

        var cancelled = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration), ("notBefore", (TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(2)).ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        await OutboxClient.WaitAsync(admin, cancelled, OutboxMailState.Scheduled);
        Assert.Contains("The message was cancelled.", (await (await ActAsync(admin, cancelled, "Cancel")).FollowAsync()).Messages);
        Assert.Equal((int)OutboxMailState.Cancelled, (int)(await OutboxClient.FindAsync(admin, cancelled))!["state"]!);
    }

    [Fact]
    public async Task A_message_can_be_sent_again_also_to_others()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var subject = Unique("Again");
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", await CreateServerAsync(admin, server.Port)));
        var first = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        var again = (await ActAsync(admin, id, "SendAgain")).Location!.Split('/')[^1];
        var second = await OutboxClient.WaitAsync(admin, again, OutboxMailState.Sent);
        Assert.NotEqual((string?)first["messageId"], (string?)second["messageId"]);
        Assert.Equal(subject, (string?)second["subject"]);

        var page = await admin.GetAsync(Message(id));
        var answer = await page.SubmitAsync(new() { ["recipients"] = "Ann <ann@example.com>, bob@example.com" }, form: "main form:has(#om-recipients)");
        var third = await OutboxClient.WaitAsync(admin, answer.Location!.Split('/')[^1], OutboxMailState.Sent);
        Assert.Equal(["ann@example.com", "bob@example.com"], third["recipients"]!.AsArray().Select(recipient => (string)recipient!));
        Assert.Equal(3, server.Messages.Count(message => message.Contains(subject, StringComparison.Ordinal)));

        foreach (var recipients in (string[])["nobody", ",", "ann@example.com, @@", "ann@example.com,"])
        {
            var invalid = await (await page.SubmitAsync(new() { ["recipients"] = recipients }, form: "main form:has(#om-recipients)")).FollowAsync();
            Assert.Contains(invalid.Messages, message => message.StartsWith("Nothing was sent.", StringComparison.Ordinal));
        }

        var quoted = await page.SubmitAsync(new() { ["recipients"] = "\"Doe, Jane\" <jane@example.com>" }, form: "main form:has(#om-recipients)");
        await OutboxClient.WaitAsync(admin, quoted.Location!.Split('/')[^1], OutboxMailState.Sent);
    }

    [Fact]
    public async Task A_message_is_sent_again_through_another_server_if_the_one_it_asked_for_is_gone()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var primary = await CreateServerAsync(admin, server.Port);
        var gone = await CreateServerAsync(admin, server.Port);
        var id = await OutboxClient.EnqueueAsync(admin, Unique("Gone"), ("configurationId", gone));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        await (await admin.GetAsync(MailServerPages.Delete(gone))).SubmitAsync();
        var again = (await ActAsync(admin, id, "SendAgain")).Location!.Split('/')[^1];

        Assert.Equal(primary, (string?)(await OutboxClient.WaitAsync(admin, again, OutboxMailState.Sent))["configurationId"]);
    }

    [Fact]
    public async Task Sending_again_proposes_the_recipients_who_have_not_got_the_message()
    {
        await using var server = new FakeSmtpServer((_, command) => command == "RCPT TO:<wrong@example.com>" ? new SmtpReply("550 5.1.1 No such user\r\n") : null);
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique("Partly"), ("configurationId", await CreateServerAsync(admin, server.Port)), ("to", "right@example.com, wrong@example.com"));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.PartiallySent);

        Assert.Equal("wrong@example.com", (await admin.GetAsync(Message(id))).Document.QuerySelector("#om-recipients")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_message_in_doubt_is_sent_again_with_its_Message_ID_or_counts_as_sent()
    {
        var breaks = true;
        await using var server = new FakeSmtpServer((_, command) => command == "." && breaks ? new SmtpReply("", Closes: true) : null);
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var again = await OutboxClient.EnqueueAsync(admin, Unique("Doubt"), ("configurationId", configuration));
        var doubted = await OutboxClient.WaitAsync(admin, again, OutboxMailState.InDoubt);
        var arrived = await OutboxClient.EnqueueAsync(admin, Unique("Doubt"), ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, arrived, OutboxMailState.InDoubt);
        Assert.Contains("in doubt", (await admin.GetAsync(Log)).TextOf("main .alert-warning"), StringComparison.Ordinal);

        breaks = false;
        await ActAsync(admin, again, "SendAgain");
        var sent = await OutboxClient.WaitAsync(admin, again, OutboxMailState.Sent);
        Assert.Equal((string?)doubted["messageId"], (string?)sent["messageId"]);
        Assert.Single(server.Messages);
        await ActAsync(admin, arrived, "Arrived");
        await OutboxClient.WaitAsync(admin, arrived, OutboxMailState.Sent);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Several_waiting_messages_are_cancelled_after_the_page_has_named_them()
    {
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, FreePort.Next());
        string[] ids = [await LaterAsync("Later 1"), await LaterAsync("Later 2"), await LaterAsync("Later 3")];
        await OutboxClient.CancelAsync(admin, ids[2]);
        var log = await admin.GetAsync($"{Log}?server={configuration}");
        Assert.Equal(["Try now", "Cancel messages", "Send again"], log.TextsOf("#om-selection button"));
        Assert.Equal(3, log.Document.QuerySelectorAll("tbody input[name=ids][form=om-selection]").Length);

        var page = await admin.GetAsync(LogSelectionPages.Url("Cancel", ids));
        Assert.Equal("Cancel 2 messages", page.Title);
        Assert.Equal(["Later 1 (reader@example.com)", "Later 2 (reader@example.com)"], page.TextsOf("main li").Order());
        Assert.Contains("One other selected message is left as it is", page.TextOf("main .alert"), StringComparison.Ordinal);
        Assert.Equal((int)OutboxMailState.Scheduled, (int)(await OutboxClient.FindAsync(admin, ids[0]))!["state"]!);

        var after = await (await LogSelectionPages.SubmitAsync(page)).FollowAsync();
        Assert.Equal("Mail Log", after.Title);
        Assert.Equal(["2 messages were cancelled."], after.Messages);
        Assert.Equal((int)OutboxMailState.Cancelled, (int)(await OutboxClient.FindAsync(admin, ids[1]))!["state"]!);
        Assert.Equal(["3 selected messages aren't waiting any longer, and can't be cancelled."], (await (await admin.GetAsync(LogSelectionPages.Url("Cancel", ids))).FollowAsync()).Messages);

        Task<string> LaterAsync(string subject)
            => OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration), ("notBefore", TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(2).ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task All_messages_of_a_status_are_sent_again_across_pages()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var ids = await SendManyAsync(admin, configuration, 60);
        var filter = $"state=sent&server={configuration}";
        Assert.Equal("On all pages (60)", (await admin.GetAsync($"{Log}?{filter}")).TextOf("label[for=om-select-everything]"));
        var page = await admin.GetAsync($"{LogSelectionPages.Url("SendAgain", [])}all=true&{filter}");
        Assert.Equal("Send 60 messages again", page.Title);
        Assert.Equal("and 40 more", page.TextsOf("main li")[^1]);

        var invalid = await LogSelectionPages.SubmitAsync(page, ("recipients", "somebody"));
        Assert.StartsWith("Nothing was sent.", invalid.TextOf("#om-other-recipients-error"), StringComparison.Ordinal);
        Assert.Equal("somebody", invalid.Fields()["recipients"]);
        Assert.Equal(["60 messages are in the outbox and will be sent again."], (await (await LogSelectionPages.SubmitAsync(invalid, ("recipients", "other@example.com"))).FollowAsync()).Messages);
        await WaitForTotalAsync(admin, $"{Log}?{filter}", "120 messages");
        Assert.Equal(60, server.Messages.Count(message => message.Contains("To: other@example.com", StringComparison.Ordinal)));
        Assert.Equal(60, ids.Length);
    }

    [Fact]
    public async Task Messages_in_doubt_count_as_sent_together_or_are_sent_again_together()
    {
        var breaks = true;
        await using var server = new FakeSmtpServer((_, command) => command == "." && breaks ? new SmtpReply("", Closes: true) : null);
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var ids = new List<string>();

        for (var number = 0; number < 4; number++)
        {
            ids.Add(await OutboxClient.EnqueueAsync(admin, Unique("Doubt"), ("configurationId", configuration)));
            await OutboxClient.WaitAsync(admin, ids[^1], OutboxMailState.InDoubt);
        }

        breaks = false;
        Assert.Equal(["They arrived", "Send again"], (await admin.GetAsync($"{Log}?state=indoubt&server={configuration}")).TextsOf("#om-selection button"));
        await LogSelectionPages.SubmitAsync(await admin.GetAsync(LogSelectionPages.Url("Arrived", ids[..2])));
        await LogSelectionPages.SubmitAsync(await admin.GetAsync(LogSelectionPages.Url("SendAgain", ids[2..])));

        foreach (var id in ids)
        {
            await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        }

        Assert.Equal(2, server.Messages.Count);
    }

    [Fact]
    public async Task Commands_need_a_selection_that_exists_and_a_permission()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var ids = await SendManyAsync(admin, await CreateServerAsync(admin, server.Port), 1);

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(LogSelectionPages.Url("Delete", ids))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(LogSelectionPages.Url("17", ids))).Status);
        Assert.Contains("Nothing is selected. Select messages in the log first.", (await (await admin.GetAsync(LogSelectionPages.Url("TryNow", []))).FollowAsync()).Messages);
        Assert.Equal(["Nothing is selected. Select messages in the log first."], (await (await admin.GetAsync(LogSelectionPages.Url("TryNow", ["x'; --"]))).FollowAsync()).Messages);

        // Whoever chooses the recipients could read the message.
        using var postmaster = await site.SignInAsync("postmaster");
        var confirmation = await postmaster.GetAsync(LogSelectionPages.Url("SendAgain", ids));
        Assert.Equal("Send one message again", confirmation.Title);
        Assert.Empty(confirmation.TextsOf("#om-other-recipients"));
        Assert.StartsWith("/Error/403", (await LogSelectionPages.SubmitAsync(confirmation, ("recipients", "spy@example.com"))).Location, StringComparison.Ordinal);
        var message = await postmaster.GetAsync(Message(ids[0]));
        Assert.Empty(message.TextsOf("#om-recipients"));
        Assert.StartsWith("/Error/403", (await message.SubmitAsync(new() { ["recipients"] = "spy@example.com" }, form: "main form[action*='/SendAgain/']")).Location, StringComparison.Ordinal);
        Assert.Single(server.Messages);

        using var reader = await site.SignInAsync("logreader");
        Assert.Empty((await reader.GetAsync(Log)).TextsOf("#om-selection, tbody input"));
        Assert.StartsWith("/Error/403", (await reader.GetAsync(LogSelectionPages.Url("SendAgain", ids))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_a_server_names_what_waits_and_the_server_that_sends_it_then()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        var primary = await CreateServerAsync(admin, FreePort.Next());
        await MailServerPages.CreateAsync(admin, ("Username", "next@acme.example"));
        var id = await OutboxClient.EnqueueAsync(admin, Unique("Waits"), ("configurationId", primary));
        await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);

        foreach (var url in (string[])[MailServerPages.Delete(primary), $"/Admin/OutgoingMail/DeleteSelected?ids={primary}"])
        {
            var text = (await admin.GetAsync(url)).TextsOf("section .alert").Single(alert => alert.Contains("outbox", StringComparison.Ordinal));
            Assert.StartsWith("One message in the outbox waits for what you delete.", text, StringComparison.Ordinal);
            Assert.Contains("next@acme.example sends what waits", text, StringComparison.Ordinal);
        }

        await OutboxClient.CancelAsync(admin, id);
        Assert.DoesNotContain((await admin.GetAsync(MailServerPages.Delete(primary))).TextsOf("section .alert"), alert => alert.Contains("outbox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_user_may_not_do_is_not_shown()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreateServerAsync(admin, server.Port)));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);

        using var reader = await site.SignInAsync("logreader");
        var withoutContent = await reader.GetAsync(Message(id));
        Assert.Contains("You don't have permission to read the content of messages.", withoutContent.Text, StringComparison.Ordinal);
        Assert.Empty(withoutContent.TextsOf("main form"));
        using var other = await site.SignInAsync("mailreader");
        Assert.Equal("Sent by the outbox: grüße.", (await other.GetAsync(Message(id))).TextOf(".om-source"));
        using var postmaster = await site.SignInAsync("postmaster");
        Assert.NotEmpty((await postmaster.GetAsync(Message(id))).TextsOf("main form"));
    }

    [Fact]
    public async Task The_page_of_a_server_shows_its_messages_and_what_waits()
    {
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, FreePort.Next());
        var subject = Unique("Waits");
        var id = await OutboxClient.EnqueueAsync(admin, subject, ("configurationId", configuration));
        await OutboxClient.WaitAsync(admin, id, mail => (int)mail["attempts"]! == 1);
        var page = await admin.GetAsync(MailServerPages.Details(configuration));

        Assert.Contains(subject, page.TextOf(".om-log-short tbody"), StringComparison.Ordinal);
        Assert.Contains("One message waits.", page.TextOf(".alert .om-backlog"), StringComparison.Ordinal);
        Assert.Contains("refused the connection", page.TextOf(".alert .om-backlog"), StringComparison.Ordinal);
        Assert.Equal("One message waits for this server.", (await admin.GetAsync($"/Admin/OutgoingMail?search={configuration}")).TextOf(".om-backlog") ?? page.TextOf(".om-status .om-backlog"));
        await OutboxClient.CancelAsync(admin, id);
    }

    [Fact]
    public async Task Old_messages_are_trimmed()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreateServerAsync(admin, server.Port)));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);

        await AtDayAsync(admin, 8, async () =>
        {
            Assert.Empty(await site.Documents.ReadContentAsync(id));
            Assert.Contains("no longer stored", (await admin.GetAsync(Message(id))).Text, StringComparison.Ordinal);
        });
        await AtDayAsync(admin, 91, () => Task.CompletedTask);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(Message(id))).Status);
        Assert.Equal(0, await site.Documents.CountRowsAsync("OutgoingMailOutboxRecipient", "MailId", id));
    }

    [Fact]
    public async Task Invalid_settings_are_reported_at_their_fields_and_kept()
    {
        using var admin = await site.SignInAsAdminAsync();
        var page = await (await admin.GetAsync(OutboxPages.Settings)).SubmitAsync(new() { ["RetryDelays"] = "1, soon", ["RetryHours"] = "0", ["ContentDays"] = "-1", ["LogDays"] = "9999999" });

        Assert.StartsWith("Enter 1 to 20 numbers of minutes", page.TextOf("#om-delays-error"), StringComparison.Ordinal);
        Assert.Equal("Enter a whole number from 1 to 720.", page.TextOf("#om-hours-error"));
        Assert.Equal("Enter a whole number from 0 to 3650.", page.TextOf("#om-content-error"));
        Assert.Equal("Enter a whole number from 1 to 3650.", page.TextOf("#om-log-error"));
        Assert.Equal("1, soon", page.Fields()["RetryDelays"]);
    }

    [Fact]
    public async Task A_paused_outbox_sends_nothing_and_says_so()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var configuration = await CreateServerAsync(admin, server.Port);
        var id = "";
        await OutboxPages.WithSettingsAsync(admin, [("IsPaused", "true")], async () =>
        {
            id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", configuration));
            await OutboxClient.WaitAsync(admin, id, OutboxMailState.Queued);
            Assert.Contains("The outbox is paused", (await admin.GetAsync(Log)).Text, StringComparison.Ordinal);
            Assert.Empty(server.Messages);
        });
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
    }

    [Fact]
    public async Task A_tenant_does_not_see_the_messages_of_another()
    {
        await using var server = new FakeSmtpServer();
        using var admin = await site.SignInAsAdminAsync();
        var id = await OutboxClient.EnqueueAsync(admin, Unique(), ("configurationId", await CreateServerAsync(admin, server.Port)));
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, site.Host.Address, name, new() { ["RecipeName"] = "Test" });

        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}{Message(id)}")).Status);
        Assert.Equal("null", (await boss.GetAsync($"/{name}/Horilla.TestHost/Outbox/Find?id={id}")).Text);
        Assert.Equal("false", (await boss.PostAsync($"/{name}/Horilla.TestHost/Outbox/Cancel", new Dictionary<string, string> { ["id"] = id })).Text);
        Assert.Contains("No messages yet", (await boss.GetAsync($"/{name}{Log}")).Text, StringComparison.Ordinal);
    }

    private static Task<string> CreateServerAsync(WebBrowser browser, int port)
        => MailServerPages.CreateAsync(browser, ("Port", MailServerPages.Invariant(port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""));

    /// <summary>Enqueues messages, and waits until they are sent.</summary>
    private static async Task<string[]> SendManyAsync(WebBrowser browser, string configuration, int count)
    {
        var ids = (await SendServiceClient.PostAsync(browser, "Outbox/Many", new Dictionary<string, string> { ["subject"] = Unique("Many"), ["configurationId"] = configuration, ["count"] = MailServerPages.Invariant(count) })).AsArray().Select(id => (string)id!).ToArray();

        foreach (var id in ids)
        {
            await OutboxClient.WaitAsync(browser, id, OutboxMailState.Sent);
        }

        return ids;
    }

    private static async Task WaitForTotalAsync(WebBrowser browser, string url, string total)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while ((await browser.GetAsync(url)).TextOf(".om-list-footer p") is var shown && shown != total)
        {
            Assert.False(limit.IsCancellationRequested, $"{url} shows {shown}.");
            await Task.Delay(50);
        }
    }

    private static IEnumerable<string> Ids(WebPage page) => page.Document.QuerySelectorAll("tbody[role] a[href*='/Message/']").Select(link => link.GetAttribute("href")!.Split('/')[^1]);

    private static async Task<WebPage> ActAsync(WebBrowser browser, string id, string action)
    {
        var answer = await (await browser.GetAsync(Message(id))).SubmitAsync(form: $"main form[action$='/{action}/{id}']");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);

        return answer;
    }

    /// <summary>Waits until the log shows a number of messages: those that were sent at once are written a little later.</summary>
    private static async Task<WebPage> WaitForRowsAsync(WebBrowser browser, string url, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (true)
        {
            var page = await browser.GetAsync(url);
            var rows = page.TextsOf("tbody[role] tr");

            if (rows.Count == count)
            {
                return page;
            }

            Assert.False(limit.IsCancellationRequested, $"{url} shows {rows.Count} messages: {string.Join(" | ", rows)}");
            await Task.Delay(50);
        }
    }

    private static async Task AtDayAsync(WebBrowser browser, int days, Func<Task> run)
    {
        await OutboxClient.SetClockAsync(browser, TimeSpan.FromDays(days));

        try
        {
            await browser.GetAsync("/Horilla.TestHost/Tasks/Index?name=OutboxTrimmingTask");
            await run();
        }
        finally
        {
            await OutboxClient.SetClockAsync(browser, TimeSpan.Zero);
        }
    }
}
