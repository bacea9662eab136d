using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Email;
using OrchardCore.Infrastructure;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>Makes a MIME message (RFC 5322) of OrchardCore's. What it has as Sender is the server's to say, and is left out.</summary>
public sealed class MailMessageReader(IStringLocalizer<MailMessageReader> S)
{
    private const int KeptInMemory = 64 * 1024;

    /// <summary>The message. Attachments are read from their streams while it is sent, which stay the caller's.</summary>
    /// <param name="message">What to read. Several addresses are separated by commas or semicolons.</param>
    /// <param name="errors">Where what is wrong with it is added, by the names of its properties.</param>
    public MimeMessage Read(MailMessage message, ICollection<ResultError> errors)
    {
        var read = new MimeMessage { Subject = message.Subject ?? "" };

        Add(read.From, nameof(message.From), message.From, errors);
        Add(read.ReplyTo, nameof(message.ReplyTo), message.ReplyTo, errors);
        Add(read.To, nameof(message.To), message.To, errors);
        Add(read.Cc, nameof(message.Cc), message.Cc, errors);
        Add(read.Bcc, nameof(message.Bcc), message.Bcc, errors);

        if (read.To.Count + read.Cc.Count + read.Bcc.Count == 0 && errors.Count == 0)
        {
            errors.Add(new ResultError { Key = nameof(message.To), Message = S["The mail has no recipient."] });
        }

        read.Body = Body(message, errors);

        return read;
    }

    private MimeEntity Body(MailMessage message, ICollection<ResultError> errors)
    {
        var builder = new BodyBuilder { TextBody = message.TextBody, HtmlBody = message.HtmlBody };

        foreach (var attachment in message.Attachments)
        {
            if (attachment.Stream is { } stream)
            {
                builder.Attachments.Add(Part(attachment.Filename, stream));
            }
            else
            {
                errors.Add(new ResultError { Key = nameof(message.Attachments), Message = S["The attachment '{0}' has no content.", attachment.Filename ?? ""] });
            }
        }

        return builder.ToMessageBody();
    }

    private static MimePart Part(string? fileName, Stream stream)
    {
        var type = ContentType.Parse(MimeTypes.GetMimeType(fileName ?? ""));

        // These types are structure (RFC 2046 section 5): they may not be encoded in base64.
        if (type.MediaType.Equals("message", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("multipart", StringComparison.OrdinalIgnoreCase))
        {
            type = new ContentType("application", "octet-stream");
        }

        return new MimePart(type)
        {
            FileName = string.IsNullOrEmpty(fileName) ? null : fileName,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = string.IsNullOrEmpty(fileName) ? null : fileName },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(Rewindable(stream)),
        };
    }

    /// <summary>
    /// A message is read twice, the first time to tell the server how large it is. A stream that goes forward alone is kept in
    /// a file of the machine's temporary folder for that, beyond its first bytes, until the message is disposed.
    /// </summary>
    private static Stream Rewindable(Stream stream) => stream.CanSeek ? new BorrowedStream(stream) : new FileBufferingReadStream(stream, KeptInMemory);

    private void Add(InternetAddressList list, string field, string? addresses, ICollection<ResultError> errors)
    {
        foreach (var text in AddressListSplitter.Split(addresses ?? "").Select(address => address.TrimInvisible()).Where(address => address.Length > 0))
        {
            if (MailboxAddress.TryParse(text, out var mailbox) && MailAddresses.TryParse(mailbox.Address, out _))
            {
                list.Add(mailbox);
            }
            else
            {
                errors.Add(new ResultError
                {
                    Key = field,
                    Message = InvisibleCharacters.Find(text) is { } found
                        ? S["'{0}' isn't a valid email address: it has an invisible character at position {1}, {2}.", text, found.Position, found.Name]
                        : S["'{0}' isn't a valid email address.", text],
                });
            }
        }
    }
}
