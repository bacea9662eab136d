using System.Globalization;
using System.Text;
using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Mvc;
using MimeKit;

namespace Horilla.TestHost;

/// <summary>Sends through the send service, as another module would, and returns its result.</summary>
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class SendController(IOutgoingMailService mail, MailEventLog log, TelemetryRecorder telemetry, YesSql.ISession session) : Controller
{
    [HttpPost]
    public async Task<IActionResult> Index(string to, string subject, string? from, string? sender, string? resentTo, string? bcc, string? attachments, string? configurationId, string? username, bool notByFrom, string? actingName, string? actingAddress, bool cancelled, bool writesBefore, string? text, string? replyTo, string? failingAttachment, bool retryInBackground)
    {
        var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text ?? "Sent by a module." } };
        message.To.AddRange(InternetAddressList.Parse(to));

        if (from is not null)
        {
            message.From.Add(MailboxAddress.Parse(from));
        }

        if (sender is not null)
        {
            message.Sender = MailboxAddress.Parse(sender);
            message.ResentSender = MailboxAddress.Parse(sender);
            message.ResentFrom.Add(MailboxAddress.Parse(sender));
        }

        if (bcc is not null)
        {
            message.Bcc.Add(MailboxAddress.Parse(bcc));
            message.Headers.Add("X-Campaign", "spring");
        }

        if (attachments is not null)
        {
            message.Body = Attach(attachments);
        }

        if (replyTo is not null)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(replyTo));
        }

        if (failingAttachment is not null)
        {
            message.Body = new Multipart("mixed")
            {
                message.Body,
                new MimePart("application", "octet-stream")
                {
                    ContentTransferEncoding = ContentEncoding.Base64,
                    Content = new MimeContent(new FailingStream(failingAttachment == "open" ? -1 : int.Parse(failingAttachment, CultureInfo.InvariantCulture))),
                },
            };
        }

        if (resentTo is not null)
        {
            message.ResentTo.Add(MailboxAddress.Parse(resentTo));
        }

        if (writesBefore)
        {
            await session.SaveAsync(new Note { Text = subject });
            await session.FlushAsync();
        }

        try
        {
            return Json(await mail.SendAsync(message, Options(configurationId, username, notByFrom, actingName, actingAddress) with { RetryInBackground = retryInBackground }, new CancellationToken(cancelled)));
        }
        catch (OperationCanceledException)
        {
            return Json(new { Status = "cancelled" });
        }
    }

    /// <summary>
    /// Puts what a user typed wherever a module might put it. Values that MimeKit rejects are left out: a module would report
    /// them in its own form. The text is Base64-encoded because it contains characters that no form can submit.
    /// </summary>
    [HttpPost]
    public async Task<IActionResult> Typed(string configurationId, string base64, string marker)
    {
        var typed = Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        using var message = new MimeMessage { Subject = typed, Body = new TextPart("plain") { Text = typed } };
        message.To.Add(new MailboxAddress(typed, "reader@example.com"));
        message.Headers.Add("X-Marker", marker);
        var refused = 0;
        Try(() => message.Headers.Add("X-Typed", typed));
        Try(() => message.Headers[HeaderId.Comments] = typed);
        Try(() => message.MessageId = typed);
        Try(() => message.InReplyTo = typed);
        Try(() => message.Body.ContentId = typed);
        Try(() => message.Body.ContentType.Name = typed);
        Try(() => message.Body.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = typed });
        Try(() => message.From.Add(new MailboxAddress(typed, typed)));
        Try(() => message.ReplyTo.Add(new MailboxAddress(typed, "answers@example.com")));
        Try(() => message.Cc.Add(new GroupAddress(typed)));
        var options = new OutgoingMailOptions { ConfigurationId = configurationId, ActingUser = new MailboxAddress(typed, "actor@example.com") };

        return Json(new { result = await mail.SendAsync(message, options), refused });

        void Try(Action put)
        {
            try
            {
                put();
            }
            catch (Exception e) when (e is ParseException or ArgumentException)
            {
                refused++;
            }
        }
    }

    /// <summary>Sends a message that was parsed from its source, unchanged unless it has no recipient.</summary>
    [HttpPost]
    public async Task<IActionResult> Raw(string configurationId, string base64)
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(Convert.FromBase64String(base64)));

        if (!message.To.Mailboxes.Any())
        {
            message.To.Add(new MailboxAddress("", "reader@example.com"));
        }

        return Json(await mail.SendAsync(message, new OutgoingMailOptions { ConfigurationId = configurationId }));
    }

    [HttpGet]
    public IActionResult Measured() => Json(telemetry.Lines);

    [HttpGet]
    public IActionResult Heard(string about) => Json(log.Find(about));

    private static OutgoingMailOptions Options(string? configurationId, string? username, bool notByFrom, string? actingName, string? actingAddress) => new()
    {
        ConfigurationId = configurationId,
        Username = username,
        ChoosesByFrom = !notByFrom,
        ActingUser = actingName is null ? null : new MailboxAddress(actingName, MailboxAddress.TryParse(actingAddress, out var address) ? address.Address : ""),
    };

    /// <summary>Builds a text with an inline image and attachments of the given sizes. Each attachment is filled with its index.</summary>
    private static MimeEntity Attach(string sizes)
    {
        var builder = new BodyBuilder { TextBody = "Sent by a module.", HtmlBody = "<p>Sent by a module.</p><img src=\"cid:logo\">" };
        builder.LinkedResources.Add("logo.png", [1, 2, 3], new ContentType("image", "png")).ContentId = "logo";

        foreach (var (index, size) in sizes.Split(',').Select(int.Parse).Index())
        {
            var content = new byte[size];
            Array.Fill(content, (byte)index);
            builder.Attachments.Add($"Übersicht {index}.pdf", content, new ContentType("application", "pdf"));
        }

        return builder.ToMessageBody();
    }

    [HttpGet]
    public async Task<IActionResult> NoRecipient()
    {
        try
        {
            await mail.SendAsync(new MimeMessage());

            return Content("sent");
        }
        catch (ArgumentException e)
        {
            return Content(e.ParamName ?? "");
        }
    }
}
