using System.Globalization;
using System.Text;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Listens to the conversation with a server: which mechanism the client signs in by, whether the content of a message is on
/// its way, and what the server said last. It keeps nothing of what the client says, which
/// holds passwords.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private const int CodeLength = 3;

    private readonly byte[] _reply = new byte[4096];
    private int _replyLength;
    private bool _askedForContent;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The SASL mechanism (RFC 4954) that was tried last; null for none.</summary>
    public string? Mechanism { get; private set; }

    /// <summary>
    /// Whether the server may have the content of the message. It may once it has answered DATA by 354 (RFC 5321 section
    /// 4.1.1.4), or once BDAT (RFC 3030) was said. Before, it cannot have taken the message.
    /// </summary>
    public bool ContentHasBegun { get; private set; }

    /// <summary>How many bytes of the content went out, with what ends it.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Whether reading or writing failed, or the server closed the connection. False where only the message could not be read.</summary>
    public bool HasNetworkFailed { get; set; }

    /// <summary>What the client signs in with: a reply that repeats it is not shown.</summary>
    public SecretEcho Secrets { get; set; } = SecretEcho.None;

    /// <summary>The code of the last reply (RFC 5321 section 4.2), 200 to 599; null for none, and for what is no reply of SMTP.</summary>
    public int? LastCode
        => _replyLength >= CodeLength
            && int.TryParse(_reply.AsSpan(0, CodeLength), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= 200 and < 600
            && (_replyLength == CodeLength || _reply[CodeLength] is (byte)' ' or (byte)'-' or (byte)'\r' or (byte)'\n')
                ? code
                : null;

    /// <summary>Whether the server sent anything since the last command.</summary>
    public bool HasReply => _replyLength > 0;

    /// <summary>The last reply, with its code; null for none, and for what is no reply of SMTP.</summary>
    public string? LastReply
        => LastCode is { } code ? Redact(code, Encoding.UTF8.GetString(_reply, 0, _replyLength).Trim()) : null;

    /// <summary>
    /// The text of the last reply without its code: its first line, which has the enhanced code. Empty for none. For
    /// decisions alone: it may have a secret.
    /// </summary>
    public string LastText
        => _replyLength <= CodeLength ? "" : Encoding.UTF8.GetString(_reply, CodeLength + 1, _replyLength - CodeLength - 1).Split('\r', '\n')[0];

    /// <summary>A reply that may be shown: its code alone where the text repeats what the client signed in with.</summary>
    public string Redact(int code, string reply) => Secrets.IsIn(reply) ? code.ToString(CultureInfo.InvariantCulture) : reply;

    /// <summary>What follows belongs to another message.</summary>
    public void BeginMessage()
    {
        ContentHasBegun = false;
        ContentLength = 0;
        _askedForContent = false;
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _replyLength = 0;

        if (ContentHasBegun)
        {
            ContentLength += count;

            return;
        }

        var said = buffer.AsSpan(offset, count);
        _askedForContent = said.SequenceEqual("DATA\r\n"u8);

        if (said.StartsWith("BDAT "u8))
        {
            ContentHasBegun = true;
            ContentLength = count - (said.IndexOf((byte)'\n') + 1);
        }
        else if (said.StartsWith("AUTH "u8))
        {
            var rest = said["AUTH ".Length..];
            var end = rest.IndexOfAny((byte)' ', (byte)'\r');
            Mechanism = Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        var said = buffer.AsSpan(offset, count);
        var kept = Math.Min(count, _reply.Length - _replyLength);
        said[..kept].CopyTo(_reply.AsSpan(_replyLength));
        _replyLength += kept;

        // Of all that was said since, for an answer may come in pieces.
        ContentHasBegun |= _askedForContent && _reply.AsSpan(0, _replyLength).StartsWith("354"u8);
    }

    public void Dispose()
    {
    }
}
