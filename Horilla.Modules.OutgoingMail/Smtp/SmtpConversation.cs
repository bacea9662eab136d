using System.Text;
using MailKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Listens to the conversation with a server for two things: which mechanism the client signed in by, and the server's
/// last reply. It keeps nothing else of what the client says, which holds passwords.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private const int MaxReplyLength = 1000;
    private const string Auth = "AUTH ";

    private readonly StringBuilder _reply = new();

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The SASL mechanism (RFC 4954) that was tried last; null for none.</summary>
    public string? Mechanism { get; private set; }

    /// <summary>What the server said last; null for nothing.</summary>
    public string? LastReply => _reply.Length == 0 ? null : _reply.ToString().Trim();

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _reply.Clear();
        var said = Encoding.ASCII.GetString(buffer, offset, Math.Min(count, 40));

        if (said.StartsWith(Auth, StringComparison.Ordinal))
        {
            Mechanism = said[Auth.Length..].Split(' ', '\r', '\n')[0];
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_reply.Length < MaxReplyLength)
        {
            _reply.Append(Encoding.UTF8.GetString(buffer, offset, Math.Min(count, MaxReplyLength - _reply.Length)));
        }
    }

    public void Dispose()
    {
    }
}
