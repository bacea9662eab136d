using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Horilla.Testing.Cloud;

/// <summary>The part of Microsoft Graph that sends email.</summary>
public sealed class FakeGraph
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int LargeAttachment = 3 * 1024 * 1024;
    private const int SliceUnit = 320 * 1024;

    private readonly FakeMicrosoftCloud _owner;
    private readonly ConcurrentQueue<InjectedFailure> _failures = new();
    private readonly ConcurrentDictionary<string, Upload> _uploads = new();

    internal FakeGraph(FakeMicrosoftCloud owner) => _owner = owner;

    /// <summary>The sent messages and their senders.</summary>
    public ConcurrentQueue<SentMessage> Sent { get; } = new();

    /// <summary>The current drafts by their IDs.</summary>
    public ConcurrentDictionary<string, Draft> Drafts { get; } = new();

    /// <summary>The number of requests received.</summary>
    public int Requests => _requests;

    private int _requests;

    /// <summary>Makes the next requests fail: all of them, or only those whose path ends with <paramref name="path"/>.</summary>
    public void FailNext(InjectedFailure failure, string? path = null, int times = 1)
    {
        FailingPath = path;

        for (var time = 0; time < times; time++)
        {
            _failures.Enqueue(failure);
        }
    }

    /// <summary>Clears the failures that are still planned.</summary>
    public void FailNoMore() => _failures.Clear();

    private string? FailingPath { get; set; }

    /// <summary>Returns the sent message with this subject.</summary>
    public SentMessage Find(string subject) => Sent.Single(mail => mail.Message.Subject == subject);

    internal void Map(WebApplication application)
    {
        application.MapGet("/v1.0/me", (Delegate)((HttpContext context) => AsAsync(context, "User.Read", MeAsync)));
        application.MapPost("/v1.0/me/sendMail", (Delegate)((HttpContext context) => AsAsync(context, "Mail.Send", SendMailAsync)));
        application.MapPost("/v1.0/me/messages", (Delegate)((HttpContext context) => AsAsync(context, "Mail.ReadWrite", CreateDraftAsync)));
        application.MapPost("/v1.0/me/messages/{id}/attachments", (string id, HttpContext context) => AsAsync(context, "Mail.ReadWrite", user => AttachAsync(context, id)));
        application.MapPost("/v1.0/me/messages/{id}/attachments/createUploadSession", (string id, HttpContext context) => AsAsync(context, "Mail.ReadWrite", user => CreateUploadAsync(context, id)));
        application.MapPut("/upload/{secret}", UploadAsync);
        application.MapPost("/v1.0/me/messages/{id}/send", (string id, HttpContext context) => AsAsync(context, "Mail.Send", user => SendDraftAsync(user, id)));
        application.MapDelete("/v1.0/me/messages/{id}", (string id, HttpContext context) => AsAsync(context, "Mail.ReadWrite", user => DeleteDraftAsync(id)));
    }

    private static IResult Error(int status, string code, string message) => Results.Json(
        new
        {
            error = new
            {
                code,
                message,
                innerError = new Dictionary<string, string> { ["date"] = "2030-01-01T00:00:00", ["request-id"] = Guid.NewGuid().ToString(), ["client-request-id"] = Guid.NewGuid().ToString() },
            },
        },
        statusCode: status);

    private async Task<IResult> AsAsync(HttpContext context, string scope, Func<Caller, Task<IResult>> answer)
    {
        Interlocked.Increment(ref _requests);
        context.Response.Headers["request-id"] = Guid.NewGuid().ToString();

        if ((FailingPath is null || context.Request.Path.Value!.EndsWith(FailingPath, StringComparison.Ordinal)) && _failures.TryDequeue(out var failure))
        {
            if (failure.Delay is { } delay)
            {
                await Task.Delay(delay, context.RequestAborted);
            }

            if (failure.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            if (failure.Respond is { } own)
            {
                await own(context);

                return Results.Empty;
            }

            return Error(failure.Status, failure.Code, failure.Description);
        }

        var header = context.Request.Headers.Authorization.ToString();

        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || _owner.Entra.Find(header["Bearer ".Length..]) is not { } issued)
        {
            return Error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
        }

        if (!issued.Scopes.Contains(scope))
        {
            return Error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }

        return await answer(new Caller(issued.User, issued.Scopes, context));
    }

    private static Task<IResult> MeAsync(Caller caller)
        => Task.FromResult(Results.Json(new { id = caller.User.ObjectId, userPrincipalName = caller.User.UserPrincipalName, mail = caller.User.Mail }));

    private async Task<(MimeMessage? Message, IResult? Refused)> ReadMimeAsync(Caller caller)
    {
        var request = caller.Context.Request;

        if (request.ContentType?.Split(';')[0] != "text/plain")
        {
            return (null, Error(400, "RequestBodyRead", "A MIME message must have the content type text/plain."));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);

        if (body.Length > MostBytes)
        {
            return (null, Error(413, "RequestEntityTooLarge", "The request is larger than 4 MB."));
        }

        if (!caller.User.HasMailbox)
        {
            return (null, Error(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise."));
        }

        try
        {
            using var mime = new MemoryStream(Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(body.ToArray())));

            return (await MimeMessage.LoadAsync(mime), null);
        }
        catch (FormatException)
        {
            return (null, Error(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content."));
        }
    }

    /// <summary>Checks the sender and recipients. Returns the error, or null if the message may be sent.</summary>
    private static IResult? Check(Caller caller, MimeMessage message)
    {
        var from = message.From.Mailboxes.FirstOrDefault()?.Address ?? caller.User.Mail;
        var isOwn = new[] { caller.User.Mail, caller.User.UserPrincipalName }.Concat(caller.User.Aliases).Contains(from, StringComparer.OrdinalIgnoreCase);
        var isShared = caller.User.SendAs.Contains(from, StringComparer.OrdinalIgnoreCase) && caller.Scopes.Contains("Mail.Send.Shared");

        if (!isOwn && !isShared)
        {
            return Error(403, "ErrorSendAsDenied", "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.");
        }

        return message.GetRecipients().Any() ? null : Error(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.");
    }

    private async Task<IResult> SendMailAsync(Caller caller)
    {
        var (message, refused) = await ReadMimeAsync(caller);

        if (message is null || (refused = Check(caller, message)) is not null)
        {
            return refused!;
        }

        Sent.Enqueue(new SentMessage(caller.User, message, []));

        return Results.StatusCode(202);
    }

    private async Task<IResult> CreateDraftAsync(Caller caller)
    {
        var (message, refused) = await ReadMimeAsync(caller);

        if (message is null)
        {
            return refused!;
        }

        var id = Guid.NewGuid().ToString("N");
        Drafts[id] = new Draft(message, []);

        return Results.Json(new { id, isDraft = true, subject = message.Subject }, statusCode: 201);
    }

    private async Task<IResult> AttachAsync(HttpContext context, string id)
    {
        if (!Drafts.TryGetValue(id, out var draft))
        {
            return Error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
        }

        var item = (await JsonNode.ParseAsync(context.Request.Body))!;

        if ((string?)item["@odata.type"] != "#microsoft.graph.fileAttachment")
        {
            return Error(400, "ErrorInvalidRequest", "The type of the attachment is missing.");
        }

        var content = Convert.FromBase64String((string)item["contentBytes"]!);

        if (content.Length >= LargeAttachment)
        {
            return Error(413, "ErrorAttachmentSizeLimitExceeded", "The attachment is larger than 3 MB.");
        }

        draft.Attachments.Add(new DraftAttachment((string)item["name"]!, (string?)item["contentType"] ?? "", content, (bool?)item["isInline"] ?? false, (string?)item["contentId"]));

        return Results.Json(new { id = Guid.NewGuid().ToString("N"), name = (string)item["name"]! }, statusCode: 201);
    }

    private async Task<IResult> CreateUploadAsync(HttpContext context, string id)
    {
        if (!Drafts.ContainsKey(id))
        {
            return Error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
        }

        var item = (await JsonNode.ParseAsync(context.Request.Body))!["AttachmentItem"] ?? throw new JsonException("There is no AttachmentItem.");
        var size = (long)item["size"]!;

        if ((string?)item["attachmentType"] != "file" || size < LargeAttachment)
        {
            return Error(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "Attachment size must be greater than the minimum size.");
        }

        if (size > 150 * 1024 * 1024)
        {
            return Error(413, "ErrorAttachmentSizeLimitExceeded", "Attachment size exceeds 150 MB.");
        }

        var secret = Guid.NewGuid().ToString("N");
        _uploads[secret] = new Upload(id, (string)item["name"]!, (string?)item["contentType"] ?? "", (bool?)item["isInline"] ?? false, (string?)item["contentId"], size, new MemoryStream());

        return Results.Json(new { uploadUrl = $"{_owner.Address}upload/{secret}", expirationDateTime = "2040-01-01T00:00:00Z", nextExpectedRanges = new[] { "0-" } }, statusCode: 201);
    }

    private async Task<IResult> UploadAsync(string secret, HttpContext context)
    {
        Interlocked.Increment(ref _requests);

        if (FailingPath == "/upload" && _failures.TryDequeue(out var failure))
        {
            if (failure.Respond is { } own)
            {
                await own(context);

                return Results.Empty;
            }

            return Error(failure.Status, failure.Code, failure.Description);
        }

        // The upload URL is itself the credential, so no token may be sent to it.
        if (context.Request.Headers.ContainsKey("Authorization"))
        {
            return Error(401, "InvalidAudience", "An upload session doesn't accept an Authorization header.");
        }

        if (!_uploads.TryGetValue(secret, out var upload) || context.Request.GetTypedHeaders().ContentRange is not { HasRange: true } range)
        {
            return Error(404, "ErrorItemNotFound", "There is no such upload session.");
        }

        var length = range.To!.Value - range.From!.Value + 1;
        var isLast = range.To == upload.Size - 1;

        if (range.From != upload.Content.Length || range.Length != upload.Size || length > MostBytes || (!isLast && length % SliceUnit != 0))
        {
            return Error(416, "ErrorInvalidRange", "The range is not the expected one.");
        }

        await context.Request.Body.CopyToAsync(upload.Content);

        if (upload.Content.Length < upload.Size)
        {
            return Results.Json(new { expirationDateTime = "2040-01-01T00:00:00Z", nextExpectedRanges = new[] { $"{upload.Content.Length.ToString(CultureInfo.InvariantCulture)}-" } });
        }

        Drafts[upload.Draft].Attachments.Add(new DraftAttachment(upload.Name, upload.ContentType, upload.Content.ToArray(), upload.IsInline, upload.ContentId));
        context.Response.Headers.Location = $"{_owner.Address}v1.0/me/messages/{upload.Draft}/attachments/{secret}";

        return Results.StatusCode(201);
    }

    private Task<IResult> SendDraftAsync(Caller caller, string id)
    {
        if (!Drafts.TryGetValue(id, out var draft))
        {
            return Task.FromResult(Error(404, "ErrorItemNotFound", "The specified object was not found in the store."));
        }

        if (Check(caller, draft.Message) is { } refused)
        {
            return Task.FromResult(refused);
        }

        Drafts.TryRemove(id, out _);
        Sent.Enqueue(new SentMessage(caller.User, draft.Message, draft.Attachments));

        return Task.FromResult(Results.StatusCode(202));
    }

    private Task<IResult> DeleteDraftAsync(string id)
        => Task.FromResult(Drafts.TryRemove(id, out _) ? Results.NoContent() : Error(404, "ErrorItemNotFound", "The specified object was not found in the store."));

    private sealed record Caller(FakeUser User, IReadOnlyList<string> Scopes, HttpContext Context);

    private sealed record Upload(string Draft, string Name, string ContentType, bool IsInline, string? ContentId, long Size, MemoryStream Content);
}
