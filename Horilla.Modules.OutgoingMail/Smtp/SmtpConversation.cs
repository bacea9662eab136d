using System.Text;
using MailKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Listens to the conversation with a server: when it switches to TLS, which mechanism the client signs in by, and what
/// the server said last. It keeps nothing else of what the client says, which holds passwords.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private const int MaxReplyLength = 1000;
    private const string Auth = "AUTH ";
    private const string StartTls = "STARTTLS";

    private readonly StringBuilder _reply = new();

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>Called when the client asks the server to switch to TLS.</summary>
    public Action? StartingTls { get; set; }

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
        else if (said.StartsWith(StartTls, StringComparison.Ordinal))
        {
            StartingTls?.Invoke();
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
