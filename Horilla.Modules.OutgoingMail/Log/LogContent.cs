using MimeKit;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The stored content of a message.</summary>
/// <param name="message">See <see cref="Message"/>.</param>
/// <param name="buffer">The buffer that its parts refer to.</param>
public sealed class LogContent(MimeMessage message, IAsyncDisposable? buffer) : IAsyncDisposable
{
    /// <summary>The message.</summary>
    public MimeMessage Message { get; } = message;

    /// <summary>The attachments, in the order of their numbers.</summary>
    public IReadOnlyList<MimeEntity> Attachments => [.. Message.Attachments];

    /// <summary>Returns the name of an attachment, without the folders that a sender may have put before it.</summary>
    public static string GetName(MimeEntity attachment)
    {
        var name = attachment is MessagePart { Message.Subject: { Length: > 0 } subject } ? subject + ".eml" : attachment.ContentDisposition?.FileName ?? attachment.ContentType.Name;
        var last = name?.Split('/', '\\')[^1].Trim();

        return string.IsNullOrEmpty(last) ? "attachment" : last;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Message.Dispose();

        if (buffer is not null)
        {
            await buffer.DisposeAsync();
        }
    }
}
