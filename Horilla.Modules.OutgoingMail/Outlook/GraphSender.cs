using System.Net;
using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Graph;
using Microsoft.Graph.Me.Messages.Item.Attachments.CreateUploadSession;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Sends a message through Microsoft Graph: in one request if it fits, otherwise as a draft whose large attachments are added
/// one by one.
/// </summary>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/outlook-send-mime-message,
/// https://learn.microsoft.com/graph/outlook-large-attachments.
/// </remarks>
/// <param name="graph">The connection.</param>
/// <param name="errors">Explains errors.</param>
/// <param name="refreshToken">Refreshes the access token.</param>
/// <param name="beforeSend">Awaited right before the request after which Graph sends the message.</param>
internal sealed class GraphSender(GraphClient graph, GraphErrors errors, Func<CancellationToken, Task> refreshToken, Func<CancellationToken, Task> beforeSend)
{
    /// <summary>The maximum number of base64 characters of the message, slightly below the 4 MB limit of a request.</summary>
    private const int MaxBase64Length = 4_000_000;

    /// <summary>Attachments of this size or larger use an upload session, smaller ones a single request.</summary>
    private const long UploadSessionThreshold = 3 * 1024 * 1024;

    /// <summary>The largest attachment that Microsoft Graph accepts.</summary>
    private const long MaxAttachmentSize = 150 * 1024 * 1024;

    /// <summary>The size of an upload slice. Upload sessions accept slices of less than 4 MB, in multiples of 320 KiB.</summary>
    private const int UploadChunkSize = 10 * 320 * 1024;

    /// <summary>The maximum number of attempts to upload a slice.</summary>
    private const int MaxUploadTries = 2;

    /// <summary>The time limit for deleting a draft that wasn't sent.</summary>
    private static readonly TimeSpan DeleteDraftTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether a message is too large for one request.</summary>
    public static bool IsLarge(MimeMessage message, out long size)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        size = Measure(message);

        return GetBase64Length(size) > MaxBase64Length;
    }

    /// <summary>Sends the message.</summary>
    /// <returns>The response of Microsoft Graph.</returns>
    public async Task<string> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        if (!IsLarge(message, out var size))
        {
            using var content = Encode(message);
            var response = new ExpectedGraphResponse(HttpStatusCode.Accepted);
            await beforeSend(cancellationToken);
            await graph.PostMimeAsync("me/sendMail", content, response, cancellationToken);

            return response.ToString();
        }

        using var detached = DetachedAttachments.Detach(message, size, MaxBase64Length / 4 * 3);

        if (GetBase64Length(Measure(message)) > MaxBase64Length || detached.Parts.Any(part => MeasureContent(part) > MaxAttachmentSize))
        {
            throw new DeliveryException(errors.TooLarge(size));
        }

        return await SendDraftAsync(message, detached, cancellationToken);
    }

    private static long GetBase64Length(long bytes) => (bytes + 2) / 3 * 4;

    private static long Measure(MimeMessage message)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        ReadContent(() => message.WriteTo(Format(), measure));

        return measure.Length;
    }

    /// <summary>Keeps Bcc: Microsoft Graph reads the recipients from the message, and removes it when sending.</summary>
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
            ReadContent(() => message.WriteTo(Format(), base64));
        }

        encoded.Position = 0;

        return encoded;
    }

    private static long MeasureContent(MimeEntity part)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        Decode(part, measure);

        return measure.Length;
    }

    private static void Decode(MimeEntity part, Stream target)
    {
        if (part is MimePart { Content: { } content })
        {
            ReadContent(() => content.DecodeTo(target));
        }
        else if (part is MessagePart { Message: { } attached })
        {
            ReadContent(() => attached.WriteTo(target));
        }
    }

    /// <summary>Reads from a message into memory, so that any exception comes from a stream of the message.</summary>
    private static void ReadContent(Action read)
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

    private static string GetAttachmentName(MimeEntity part)
        => part.ContentDisposition?.FileName ?? part.ContentType.Name ?? (part is MessagePart { Message.Subject: { Length: > 0 } subject } ? subject + ".eml" : part.ContentId ?? "attachment");

    private async Task<string> SendDraftAsync(MimeMessage message, DetachedAttachments detached, CancellationToken cancellationToken)
    {
        using var content = Encode(message);
        var draft = await graph.PostMimeAsync("me/messages", content, new ExpectedGraphResponse(HttpStatusCode.Created), Message.CreateFromDiscriminatorValue, cancellationToken);
        var id = draft?.Id ?? throw new DeliveryException(errors.NoDraft());
        var sent = false;

        try
        {
            foreach (var part in detached.Parts)
            {
                await AttachAsync(id, part, cancellationToken);
            }

            var response = new ExpectedGraphResponse(HttpStatusCode.Accepted);
            await beforeSend(cancellationToken);
            await graph.Client.Me.Messages[id].Send.PostAsync(request => request.Options = graph.CreateOptions(response), cancellationToken);
            sent = true;

            return response.ToString();
        }
        finally
        {
            if (!sent)
            {
                await DeleteDraftAsync(id);
            }
        }
    }

    private async Task AttachAsync(string draft, MimeEntity part, CancellationToken cancellationToken)
    {
        using var content = new MimeKit.IO.MemoryBlockStream();
        Decode(part, content);
        content.Position = 0;
        var isInline = part is { IsAttachment: false, ContentId: not null };

        if (content.Length >= UploadSessionThreshold)
        {
            var session = await graph.Client.Me.Messages[draft].Attachments.CreateUploadSession.PostAsync(
                new CreateUploadSessionPostRequestBody
                {
                    AttachmentItem = new AttachmentItem
                    {
                        AttachmentType = AttachmentType.File,
                        Name = GetAttachmentName(part),
                        Size = content.Length,
                        ContentType = part.ContentType.MimeType,
                        IsInline = isInline,
                        ContentId = part.ContentId,
                    },
                },
                request => request.Options = graph.CreateOptions(new ExpectedGraphResponse(HttpStatusCode.Created, HttpStatusCode.OK)),
                cancellationToken);
            await UploadAsync(session!, content, GetAttachmentName(part), cancellationToken);
        }
        else
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            await graph.Client.Me.Messages[draft].Attachments.PostAsync(
                new FileAttachment { Name = GetAttachmentName(part), ContentType = part.ContentType.MimeType, ContentBytes = bytes.ToArray(), IsInline = isInline, ContentId = part.ContentId },
                request => request.Options = graph.CreateOptions(new ExpectedGraphResponse(HttpStatusCode.Created)),
                cancellationToken);
        }
    }

    private async Task UploadAsync(UploadSession session, Stream content, string name, CancellationToken cancellationToken)
    {
        try
        {
            var result = await new LargeFileUploadTask<FileAttachment>(session, content, UploadChunkSize, graph.UploadAdapter).UploadAsync(maxTries: MaxUploadTries, cancellationToken: cancellationToken);

            if (!result.UploadSucceeded)
            {
                throw new DeliveryException(errors.UploadFailed(name));
            }
        }
        catch (Exception e) when (e is ServiceException or AggregateException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The SDK throws a cancellation that nobody requested when it has no tries left.
            throw new DeliveryException(errors.UploadFailed(name), e);
        }
    }

    /// <summary>Deletes a draft that wasn't sent. Errors are ignored, because the reason for the failure is already reported.</summary>
    private async Task DeleteDraftAsync(string draft)
    {
        using var timeout = new CancellationTokenSource(DeleteDraftTimeout);
        var delete = DeleteAsync();
        await delete.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (delete.Exception?.InnerException is ApiException { ResponseStatusCode: (int)HttpStatusCode.Unauthorized })
        {
            // The token was revoked in the meantime: get a new one.
            await refreshToken(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DeleteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task DeleteAsync() => graph.Client.Me.Messages[draft].DeleteAsync(request => request.Options = graph.CreateOptions(new ExpectedGraphResponse(HttpStatusCode.NoContent)), timeout.Token);
    }
}
