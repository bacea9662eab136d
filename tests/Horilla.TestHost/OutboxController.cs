using System.Globalization;
using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Mvc;
using MimeKit;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.TestHost;

/// <summary>Uses the outbox, as another module would.</summary>
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class OutboxController(IOutgoingMailOutbox outbox, ISignal signal, YesSql.ISession session) : Controller
{
    /// <summary>Enqueues a message together with a document, and optionally rolls both back.</summary>
    [HttpPost]
    public async Task<IActionResult> Enqueue(string to, string subject, string? bcc, string? configurationId, string? key, string? category, DateTime? notBefore, DateTime? expires, OutboxPriority? priority, int attachment, string? html, string? failingAttachment, string? source, bool rollsBack, bool throws, bool resends)
    {
        using var message = source is null ? CreateMessage(to, subject) : await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(source)));

        if (bcc is not null)
        {
            message.Bcc.Add(MailboxAddress.Parse(bcc));
        }

        if (html is not null)
        {
            message.Body = new BodyBuilder { TextBody = "As text.", HtmlBody = html }.ToMessageBody();
        }

        if (attachment > 0 || failingAttachment is not null)
        {
            message.Body = Attach(message.Body!, failingAttachment is null ? new GeneratedStream(attachment, canSeek: true) : new FailingStream(int.Parse(failingAttachment, CultureInfo.InvariantCulture)));
        }

        await session.SaveAsync(new Note { Text = subject });

        try
        {
            var id = await outbox.EnqueueAsync(message, new OutboxOptions
            {
                Sending = new OutgoingMailOptions { ConfigurationId = configurationId, Category = category },
                IdempotencyKey = key,
                NotBeforeUtc = notBefore,
                ExpiresUtc = expires,
                Priority = priority ?? OutboxPriority.Normal,
                ResendIfInDoubt = resends,
            });

            if (rollsBack)
            {
                await session.CancelAsync();
            }

            return throws ? throw new InvalidOperationException("The module fails.") : Content(id);
        }
        catch (Exception e) when (e is OutboxMessageTooLargeException or OutboxStorageException or ArgumentException or IOException)
        {
            return Content($"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Enqueues one message from many scopes at the same time, with the same key.</summary>
    [HttpPost]
    public async Task<IActionResult> EnqueueConcurrently(string subject, string configurationId, string key, int count)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            var id = "";
            await ShellScope.UsingChildScopeAsync(async scope =>
            {
                using var message = CreateMessage("reader@example.com", subject);
                var options = new OutboxOptions { IdempotencyKey = key, Sending = new OutgoingMailOptions { ConfigurationId = configurationId } };
                id = await scope.ServiceProvider.GetRequiredService<IOutgoingMailOutbox>().EnqueueAsync(message, options);
            });

            return id;
        })));

        return Json(ids);
    }

    /// <summary>Enqueues many messages, and returns their IDs.</summary>
    [HttpPost]
    public async Task<IActionResult> Many(string subject, string configurationId, int count, OutboxPriority? priority)
    {
        var ids = new List<string>();
        var options = new OutboxOptions { Sending = new OutgoingMailOptions { ConfigurationId = configurationId }, Priority = priority ?? OutboxPriority.Bulk };

        await foreach (var id in outbox.EnqueueManyAsync(Messages(), options))
        {
            ids.Add(id);
        }

        return Json(ids);

        async IAsyncEnumerable<MimeMessage> Messages()
        {
            for (var number = 0; number < count; number++)
            {
                yield return CreateMessage("reader@example.com", $"{subject} {number.ToString(CultureInfo.InvariantCulture)}");
            }

            await Task.CompletedTask;
        }
    }

    [HttpGet]
    public async Task<IActionResult> Find(string id) => Json(await outbox.FindAsync(id));

    [HttpPost]
    public async Task<IActionResult> Cancel(string id) => Json(await outbox.CancelAsync(id));

    /// <summary>Makes the senders look for messages, after the clock was moved.</summary>
    [HttpPost]
    public async Task<IActionResult> Wake()
    {
        await signal.SignalTokenAsync("Horilla.Modules.OutgoingMail.Outbox");

        return Json("done");
    }

    private static MimeMessage CreateMessage(string to, string subject)
    {
        var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = "Sent by the outbox: grüße." } };
        message.To.AddRange(InternetAddressList.Parse(to));

        return message;
    }

    private static Multipart Attach(MimeEntity body, Stream stream) => new("mixed")
    {
        body,
        new MimePart("application", "octet-stream")
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "data.bin" },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(stream),
        },
    };
}
