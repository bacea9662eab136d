using System.Globalization;
using System.Text;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Follows the conversation with a server: the sign-in mechanism, whether the content of a message is being sent, and the
/// server's last reply. It keeps nothing that the client says, because that includes passwords.
/// </summary>
internal sealed class SmtpProtocolTracker : IProtocolLogger
{
    private const int CodeLength = 3;

    private readonly byte[] _reply = new byte[4096];
    private int _replyLength;
    private bool _dataSent;
    private Func<CancellationToken, Task>? _contentStarting;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The SASL mechanism (RFC 4954) that was tried last; null for none.</summary>
    public string? Mechanism { get; private set; }

    /// <summary>
    /// Whether the server may have the content of the message: after it answered DATA with 354 (RFC 5321 section 4.1.1.4),
    /// or after BDAT (RFC 3030) was sent. Before that, it can't have accepted the message.
    /// </summary>
    public bool ContentStarted { get; private set; }

    /// <summary>The number of content bytes that were sent, including the end-of-data marker.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Whether reading or writing failed, or the server closed the connection. False if only the message couldn't be read.</summary>
    public bool NetworkFailed { get; set; }

    /// <summary>The secrets that the client signs in with. A reply that repeats one isn't shown.</summary>
    public SecretDetector Secrets { get; set; } = SecretDetector.None;

    /// <summary>The code of the last reply (RFC 5321 section 4.2), 200 to 599; null if there is none or it isn't an SMTP reply.</summary>
    public int? LastReplyCode
        => _replyLength >= CodeLength
            && int.TryParse(_reply.AsSpan(0, CodeLength), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= 200 and < 600
            && (_replyLength == CodeLength || _reply[CodeLength] is (byte)' ' or (byte)'-' or (byte)'\r' or (byte)'\n')
                ? code
                : null;

    /// <summary>Whether the server sent anything since the last command.</summary>
    public bool HasReply => _replyLength > 0;

    /// <summary>The last reply with its code, redacted; null if there is none or it isn't an SMTP reply.</summary>
    public string? LastReply
        => LastReplyCode is { } code ? Redact(code, Encoding.UTF8.GetString(_reply, 0, _replyLength).Trim()) : null;

    /// <summary>
    /// The first line of the last reply without its code; it includes the enhanced code. Empty if there is none. Use it only
    /// for decisions: it may contain a secret.
    /// </summary>
    public string LastReplyText
        => _replyLength <= CodeLength ? "" : Encoding.UTF8.GetString(_reply, CodeLength + 1, _replyLength - CodeLength - 1).Split('\r', '\n')[0];

    /// <summary>Returns a reply that can be shown: only its code if the text repeats what the client signed in with.</summary>
    public string Redact(int code, string reply) => Secrets.ContainsSecret(reply) ? code.ToString(CultureInfo.InvariantCulture) : reply;

    /// <summary>Resets the state for the next message.</summary>
    /// <param name="contentStarting">Awaited right before the command that begins its content; null for nothing.</param>
    public void BeginMessage(Func<CancellationToken, Task>? contentStarting = null)
    {
        ContentStarted = false;
        ContentLength = 0;
        _dataSent = false;
        _contentStarting = contentStarting;
    }

    /// <summary>Called before the client's data is sent. Waits if it begins the content of a message.</summary>
    public Task BeforeSendAsync(ReadOnlySpan<byte> data, CancellationToken cancellationToken)
    {
        if (_contentStarting is not { } contentStarting || !(data.SequenceEqual("DATA\r\n"u8) || data.StartsWith("BDAT "u8)))
        {
            return Task.CompletedTask;
        }

        // Once per message: its content may look like a command.
        _contentStarting = null;

        return contentStarting(cancellationToken);
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _replyLength = 0;

        if (ContentStarted)
        {
            ContentLength += count;

            return;
        }

        var bytes = buffer.AsSpan(offset, count);
        _dataSent = bytes.SequenceEqual("DATA\r\n"u8);

        if (bytes.StartsWith("BDAT "u8))
        {
            ContentStarted = true;
            ContentLength = count - (bytes.IndexOf((byte)'\n') + 1);
        }
        else if (bytes.StartsWith("AUTH "u8))
        {
            var rest = bytes["AUTH ".Length..];
            var end = rest.IndexOfAny((byte)' ', (byte)'\r');
            Mechanism = Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        var bytes = buffer.AsSpan(offset, count);
        var kept = Math.Min(count, _reply.Length - _replyLength);
        bytes[..kept].CopyTo(_reply.AsSpan(_replyLength));
        _replyLength += kept;

        // Checks everything received since DATA, because a reply can arrive in pieces.
        ContentStarted |= _dataSent && _reply.AsSpan(0, _replyLength).StartsWith("354"u8);
    }

    public void Dispose()
    {
    }
}
