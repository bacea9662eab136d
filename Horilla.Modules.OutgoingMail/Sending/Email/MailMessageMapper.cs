using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Email;
using OrchardCore.Infrastructure;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>Converts OrchardCore's <see cref="MailMessage"/> to a MIME message (RFC 5322). Its Sender is ignored: the server's configuration sets it.</summary>
public sealed class MailMessageMapper(IStringLocalizer<MailMessageMapper> S)
{
    private const int MemoryThreshold = 64 * 1024;

    /// <summary>Returns the MIME message. Attachments are read from their streams while it's being sent; the streams still belong to the caller.</summary>
    /// <param name="message">The message to convert. Several addresses are separated by commas or semicolons.</param>
    /// <param name="errors">Receives the errors of the message, with the names of its properties as keys.</param>
    public MimeMessage ToMimeMessage(MailMessage message, ICollection<ResultError> errors)
    {
        var mimeMessage = new MimeMessage { Subject = message.Subject ?? "" };

        AddAddresses(mimeMessage.From, nameof(message.From), message.From, errors);
        AddAddresses(mimeMessage.ReplyTo, nameof(message.ReplyTo), message.ReplyTo, errors);
        AddAddresses(mimeMessage.To, nameof(message.To), message.To, errors);
        AddAddresses(mimeMessage.Cc, nameof(message.Cc), message.Cc, errors);
        AddAddresses(mimeMessage.Bcc, nameof(message.Bcc), message.Bcc, errors);

        if (mimeMessage.To.Count + mimeMessage.Cc.Count + mimeMessage.Bcc.Count == 0 && errors.Count == 0)
        {
            errors.Add(new ResultError { Key = nameof(message.To), Message = S["The message has no recipient."] });
        }

        mimeMessage.Body = CreateBody(message, errors);

        return mimeMessage;
    }

    private MimeEntity CreateBody(MailMessage message, ICollection<ResultError> errors)
    {
        var builder = new BodyBuilder { TextBody = message.TextBody, HtmlBody = message.HtmlBody };

        foreach (var attachment in message.Attachments)
        {
            if (attachment.Stream is { } stream)
            {
                builder.Attachments.Add(CreateAttachment(attachment.Filename, stream));
            }
            else
            {
                errors.Add(new ResultError { Key = nameof(message.Attachments), Message = S["The attachment '{0}' has no content.", attachment.Filename ?? ""] });
            }
        }

        return builder.ToMessageBody();
    }

    private static MimePart CreateAttachment(string? fileName, Stream stream)
    {
        var type = ContentType.Parse(MimeTypes.GetMimeType(fileName ?? ""));

        // These are composite types (RFC 2046 section 5): they must not be encoded in base64.
        if (type.MediaType.Equals("message", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("multipart", StringComparison.OrdinalIgnoreCase))
        {
            type = new ContentType("application", "octet-stream");
        }

        return new MimePart(type)
        {
            FileName = string.IsNullOrEmpty(fileName) ? null : fileName,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = string.IsNullOrEmpty(fileName) ? null : fileName },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(MakeRewindable(stream)),
        };
    }

    /// <summary>
    /// Returns a stream that can be read twice, because a message is read once to measure it and once to send it. A stream that
    /// can't seek is buffered, above a small size in a temporary file, until the message is disposed of.
    /// </summary>
    private static Stream MakeRewindable(Stream stream) => stream.CanSeek ? new NonClosingStream(stream) : new FileBufferingReadStream(stream, MemoryThreshold);

    private void AddAddresses(InternetAddressList list, string field, string? addresses, ICollection<ResultError> errors)
    {
        foreach (var text in AddressListSplitter.Split(addresses ?? "").Select(address => address.TrimInvisible()).Where(address => address.Length > 0))
        {
            if (MailboxAddress.TryParse(text, out var mailbox) && MailAddressParser.TryParse(mailbox.Address, out _))
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
