using System.Text.RegularExpressions;
using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The examples in docs/sending.md are the ones that the test host compiles, and they work as described.</summary>
[Collection(SiteCollection.Name)]
public sealed partial class DocumentationTests(SiteFixture site)
{
    [Fact]
    public void The_examples_of_server_types_are_parts_of_compiled_code()
    {
        string[] sources = [Path.Combine("samples", "Horilla.Samples.PickupFolder"), Path.Combine("Horilla.Modules.OutgoingMail", "Outlook")];
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "server-types.md")).ReplaceLineEndings("\n");
        var compiled = string.Concat(sources.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs")).Select(file => File.ReadAllText(file).ReplaceLineEndings("\n")));
        var examples = Example().Matches(page).Select(match => match.Groups["code"].Value).ToArray();

        Assert.Equal(5, examples.Length);
        Assert.All(examples, example => Assert.Contains(example, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_example_matches_the_compiled_code()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "sending.md")).ReplaceLineEndings("\n");
        var shown = Example().Matches(page).Select(match => match.Groups["code"].Value.Trim()).ToArray();
        var compiled = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Horilla.TestHost", "Examples"), "*.cs").Select(file => File.ReadAllText(file).ReplaceLineEndings("\n").Split("Examples;\n")[1].Trim()).ToArray();

        Assert.Equal(11, shown.Length);
        Assert.Equal(compiled.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_plain_message_is_sent()
    {
        await using var server = await StartAsync("plain");
        Assert.Equal("Sent.", (await RunAsync(server, "Greeting", "?to=new@example.com")).Text);

        Assert.Equal("Good to have you here.", (await ReceivedMessage.WaitAsync(server.ReceivedFolder, "Welcome")).Message.TextBody?.Trim());
    }

    [Fact]
    public async Task A_plain_message_that_fails_shows_the_cause()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())), ("IsPrimary", "true"));

        Assert.StartsWith("localhost refused the connection", (await admin.GetAsync("/Horilla.TestHost/Examples/Greeting?to=new@example.com")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTML_message_with_an_inline_image_is_sent()
    {
        var logo = Path.Combine(site.Folder.Path, "logo.png");
        await File.WriteAllBytesAsync(logo, [1, 2, 3]);
        await using var server = await StartAsync("html");
        await RunAsync(server, "Newsletter", $"?to=reader@example.com&file={Uri.EscapeDataString(logo)}");
        var mail = (await ReceivedMessage.WaitAsync(server.ReceivedFolder, "News")).Message;

        Assert.Contains("<em>rains less</em>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Our news: it rains less.", mail.TextBody?.Trim());
        var image = Assert.Single(mail.BodyParts.OfType<MimePart>(), part => part.ContentType.MimeType == "image/png");
        Assert.Equal("logo", image.ContentId);
        Assert.Equal([1, 2, 3], await BytesAsync(image));
    }

    [Fact]
    public async Task A_message_with_an_attachment_is_sent()
    {
        var file = Path.Combine(site.Folder.Path, "invoice");
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(file, content);
        await using var server = await StartAsync("attachment");
        await RunAsync(server, "InvoiceMail", $"?to=reader@example.com&file={Uri.EscapeDataString(file)}");
        var invoice = (MimePart)(await ReceivedMessage.WaitAsync(server.ReceivedFolder, "Your invoice")).Message.Attachments.Single();

        Assert.Equal("Invoice.pdf", invoice.ContentDisposition?.FileName);
        Assert.Equal(content, await BytesAsync(invoice));
    }

    [Fact]
    public async Task A_message_is_sent_through_a_chosen_server()
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.ClearAsync(admin);
        await MailServerPages.CreateAsync(admin, ("Port", "1"), ("IsPrimary", "true"));
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.NoAuthPort)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), ("Username", "support@acme.example"), ("UseDynamicDisplayName", "true"));
        var reader = $"{Guid.NewGuid():N}@example.com";
        await admin.GetAsync($"/Horilla.TestHost/Examples/SupportMail?to={reader}");
        var mail = (await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, reader)).Message;

        Assert.Equal("Ann", mail.From.Mailboxes.Single().Name);
        Assert.Equal("ann@acme.example", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task Many_messages_are_sent()
    {
        await using var server = await StartAsync("many");
        Assert.Equal("[]", (await RunAsync(server, "Reminders", "?to=a@example.com,b@example.com,c@example.com")).Text);
        await server.WaitForOutputAsync("took", 3);

        Assert.Equal(
            ["a@example.com", "b@example.com", "c@example.com"],
            Directory.GetFiles(server.ReceivedFolder, "*.eml").Select(mail => ReceivedMessage.Read(mail).Message.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_message_is_enqueued_with_the_callers_own_change()
    {
        await using var server = await StartAsync("order");
        var article = $"{Guid.NewGuid():N}";
        var id = (await RunAsync(server, "Order", $"?to=new@example.com&article={article}")).Text;
        using var admin = await site.SignInAsAdminAsync();
        await OutboxClient.WaitAsync(admin, id, OutboxMailState.Sent);

        Assert.Equal($"You ordered: {article}", (await ReceivedMessage.WaitAsync(server.ReceivedFolder, article)).Message.TextBody?.Trim());
        Assert.Contains(article, await site.Documents.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal("A server accepted it.", (await admin.GetAsync($"/Horilla.TestHost/Examples/DeliveryReport?id={id}")).Text);
        Assert.StartsWith("It's too late", (await admin.GetAsync($"/Horilla.TestHost/Examples/Cancellation?id={id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_for_tomorrow_morning_is_scheduled_and_cancelled()
    {
        await using var server = await StartAsync("morning");
        var id = (await RunAsync(server, "MorningBriefing", "?to=new@example.com")).Text;
        using var admin = await site.SignInAsAdminAsync();
        var mail = await OutboxClient.WaitAsync(admin, id, OutboxMailState.Scheduled);

        Assert.Equal(7, ((DateTime)mail["notBeforeUtc"]!).Hour);
        Assert.Equal("Scheduled", (await admin.GetAsync($"/Horilla.TestHost/Examples/DeliveryReport?id={id}")).Text);
        Assert.Equal("It won't be sent.", (await admin.GetAsync($"/Horilla.TestHost/Examples/Cancellation?id={id}")).Text);
    }

    [Fact]
    public async Task A_campaign_is_enqueued_and_sent()
    {
        await using var server = await StartAsync("campaign");
        Assert.Equal("3", (await RunAsync(server, "Campaign", "?to=a@example.com,b@example.com,c@example.com")).Text);
        await server.WaitForOutputAsync("took", 3);
    }

    [Fact]
    public async Task An_invoice_is_the_same_message_for_the_same_number()
    {
        await using var server = await StartAsync("invoice");
        var number = Math.Abs(Guid.NewGuid().GetHashCode());
        var id = (await RunAsync(server, "Invoice", $"?to=new@example.com&number={MailServerPages.Invariant(number)}")).Text;
        await server.WaitForOutputAsync("took", 1);

        Assert.Equal(id, (await RunAsync(server, "Invoice", $"?to=new@example.com&number={MailServerPages.Invariant(number)}")).Text);
        Assert.Equal(1, server.Count("took"));
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    private static async Task<byte[]> BytesAsync(MimePart part)
    {
        using var bytes = new MemoryStream();
        await part.Content!.DecodeToAsync(bytes);

        return bytes.ToArray();
    }

    private async Task<WebPage> RunAsync(AioSmtpServer server, string example, string query)
    {
        using var admin = await site.SignInAsAdminAsync();
        await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(server.Port)), ("IsPrimary", "true"));
        var page = await admin.GetAsync($"/Horilla.TestHost/Examples/{example}{query}");
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);

        return page;
    }

    private Task<AioSmtpServer> StartAsync(string name) => AioSmtpServer.StartAsync(site.Folder, "starttls", site.Trusted.Issue($"docs-{name}", "localhost"));
}
