using System.Net;
using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Graph;
using Microsoft.Graph.Me.Messages.Item.Attachments.CreateUploadSession;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Hands a message over to Microsoft Graph: in one request while it fits, and else as a draft that gets its large
/// attachments one by one.
/// </summary>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/outlook-send-mime-message,
/// https://learn.microsoft.com/graph/outlook-large-attachments.
/// </remarks>
internal sealed class GraphMail(GraphConnection graph, GraphFailures failures, Func<CancellationToken, Task> renewToken)
{
    /// <summary>How many characters the message may have in base64: a request has 4 MB, of which this leaves a little.</summary>
    private const int MostCharacters = 4_000_000;

    /// <summary>From this size on, an attachment goes by an upload session; below it, by one request.</summary>
    private const long LargeAttachment = 3 * 1024 * 1024;

    /// <summary>The largest attachment that Microsoft Graph takes.</summary>
    private const long LargestAttachment = 150 * 1024 * 1024;

    /// <summary>Upload sessions take slices of less than 4 MB, in multiples of 320 KiB.</summary>
    private const int Slice = 10 * 320 * 1024;

    /// <summary>How often a slice is tried.</summary>
    private const int UploadTries = 2;

    /// <summary>How long a draft that is of no use may take to go.</summary>
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(5);

    /// <summary>Whether a message is too large for one request.</summary>
    public static bool IsLarge(MimeMessage message, out long size)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        size = Measure(message);

        return Characters(size) > MostCharacters;
    }

    /// <summary>Sends the message.</summary>
    /// <returns>What Microsoft Graph answered.</returns>
    public async Task<string> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        if (!IsLarge(message, out var size))
        {
            using var content = Encode(message);
            var answer = new GraphAnswer(HttpStatusCode.Accepted);
            await graph.PostMimeAsync("me/sendMail", content, answer, cancellationToken);

            return answer.ToString();
        }

        using var loose = LooseParts.Take(message, size, MostCharacters / 4 * 3);

        if (Characters(Measure(message)) > MostCharacters || loose.Parts.Any(part => SizeOf(part) > LargestAttachment))
        {
            throw new DeliveryException(failures.TooLarge(size));
        }

        return await SendDraftAsync(message, loose, cancellationToken);
    }

    private static long Characters(long bytes) => (bytes + 2) / 3 * 4;

    private static long Measure(MimeMessage message)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        Read(() => message.WriteTo(Format(), measure));

        return measure.Length;
    }

    /// <summary>Bcc stays: Microsoft Graph reads the recipients from the message, and takes it off.</summary>
    private static FormatOptions Format()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;

        return format;
    }

    private static MemoryStream Encode(MimeMessage message)
    {
        var encoded = new MemoryStream();

        using (var base64 = new CryptoStream(encoded, new ToBase64Transform(), CryptoStreamMode.Write, leaveOpen: true))
        {
            Read(() => message.WriteTo(Format(), base64));
        }

        encoded.Position = 0;

        return encoded;
    }

    private static long SizeOf(MimeEntity part)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        Decode(part, measure);

        return measure.Length;
    }

    private static void Decode(MimeEntity part, Stream target)
    {
        if (part is MimePart { Content: { } content })
        {
            Read(() => content.DecodeTo(target));
        }
        else if (part is MessagePart { Message: { } attached })
        {
            Read(() => attached.WriteTo(target));
        }
    }

    /// <summary>Reads from a message into memory: what fails then is a stream of the message.</summary>
    private static void Read(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e)
        {
            throw new MessageContentException(e);
        }
    }

    private static string NameOf(MimeEntity part)
        => part.ContentDisposition?.FileName ?? part.ContentType.Name ?? (part is MessagePart { Message.Subject: { Length: > 0 } subject } ? subject + ".eml" : part.ContentId ?? "attachment");

    private async Task<string> SendDraftAsync(MimeMessage message, LooseParts loose, CancellationToken cancellationToken)
    {
        using var content = Encode(message);
        var draft = await graph.PostMimeAsync("me/messages", content, new GraphAnswer(HttpStatusCode.Created), Message.CreateFromDiscriminatorValue, cancellationToken);
        var id = draft?.Id ?? throw new DeliveryException(failures.NoDraft());
        var sent = false;

        try
        {
            foreach (var part in loose.Parts)
            {
                await AttachAsync(id, part, cancellationToken);
            }

            var answer = new GraphAnswer(HttpStatusCode.Accepted);
            await graph.Client.Me.Messages[id].Send.PostAsync(request => request.Options = graph.Options(answer), cancellationToken);
            sent = true;

            return answer.ToString();
        }
        finally
        {
            if (!sent)
            {
                await DiscardAsync(id);
            }
        }
    }

    private async Task AttachAsync(string draft, MimeEntity part, CancellationToken cancellationToken)
    {
        using var content = new MimeKit.IO.MemoryBlockStream();
        Decode(part, content);
        content.Position = 0;
        var isInline = part is { IsAttachment: false, ContentId: not null };

        if (content.Length >= LargeAttachment)
        {
            var session = await graph.Client.Me.Messages[draft].Attachments.CreateUploadSession.PostAsync(
                new CreateUploadSessionPostRequestBody
                {
                    AttachmentItem = new AttachmentItem
                    {
                        AttachmentType = AttachmentType.File,
                        Name = NameOf(part),
                        Size = content.Length,
                        ContentType = part.ContentType.MimeType,
                        IsInline = isInline,
                        ContentId = part.ContentId,
                    },
                },
                request => request.Options = graph.Options(new GraphAnswer(HttpStatusCode.Created, HttpStatusCode.OK)),
                cancellationToken);
            await UploadAsync(session!, content, NameOf(part), cancellationToken);
        }
        else
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            await graph.Client.Me.Messages[draft].Attachments.PostAsync(
                new FileAttachment { Name = NameOf(part), ContentType = part.ContentType.MimeType, ContentBytes = bytes.ToArray(), IsInline = isInline, ContentId = part.ContentId },
                request => request.Options = graph.Options(new GraphAnswer(HttpStatusCode.Created)),
                cancellationToken);
        }
    }

    private async Task UploadAsync(UploadSession session, Stream content, string name, CancellationToken cancellationToken)
    {
        try
        {
            var result = await new LargeFileUploadTask<FileAttachment>(session, content, Slice, graph.Upload).UploadAsync(maxTries: UploadTries, cancellationToken: cancellationToken);

            if (!result.UploadSucceeded)
            {
                throw new DeliveryException(failures.UploadFailed(name));
            }
        }
        catch (Exception e) when (e is ServiceException or AggregateException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A cancellation that nobody asked for is how the SDK says that it has tried often enough.
            throw new DeliveryException(failures.UploadFailed(name), e);
        }
    }

    /// <summary>Takes a draft away that was not sent. Why it was not is known, and told: what becomes of this cannot add to it.</summary>
    private async Task DiscardAsync(string draft)
    {
        using var limit = new CancellationTokenSource(CleanUpLimit);
        var delete = DeleteAsync();
        await delete.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (delete.Exception?.InnerException is ApiException { ResponseStatusCode: (int)HttpStatusCode.Unauthorized })
        {
            // The token was withdrawn meanwhile: another one.
            await renewToken(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DeleteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task DeleteAsync() => graph.Client.Me.Messages[draft].DeleteAsync(request => request.Options = graph.Options(new GraphAnswer(HttpStatusCode.NoContent)), limit.Token);
    }
}
