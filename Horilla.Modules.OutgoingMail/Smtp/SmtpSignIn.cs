using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Chooses how to sign in. After a rejected password no other mechanism is tried: each attempt counts towards a lock-out.
/// </summary>
internal static class SmtpSignIn
{
    /// <summary>Within TLS the simple mechanisms come first: servers announce others that accounts aren't set up for.</summary>
    private static readonly string[] Encrypted = ["PLAIN", "LOGIN", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5", "NTLM"];

    /// <summary>Without TLS those come first that don't send the password itself.</summary>
    private static readonly string[] Unencrypted = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5", "NTLM", "PLAIN", "LOGIN"];

    /// <summary>The mechanisms that the server and this client have in common, the best first.</summary>
    /// <param name="client">The client, which knows what the server offers.</param>
    /// <param name="isEncrypted">Whether the connection has TLS.</param>
    /// <param name="credentials">User name and password.</param>
    /// <remarks>
    /// Mechanisms with channel binding (-PLUS) need to know the TLS of the connection, which the client doesn't. XOAUTH2 and
    /// OAUTHBEARER take a token in place of a password.
    /// </remarks>
    public static IEnumerable<SaslMechanism> Choose(SmtpClient client, bool isEncrypted, NetworkCredential credentials)
        => (isEncrypted ? Encrypted : Unencrypted).Where(name => client.AuthenticationMechanisms.Contains(name, StringComparer.OrdinalIgnoreCase)).Select<string, SaslMechanism>(name => name switch
        {
            "PLAIN" => new SaslMechanismPlain(credentials),
            "LOGIN" => new SaslMechanismLogin(credentials),
            "SCRAM-SHA-512" => new SaslMechanismScramSha512(credentials),
            "SCRAM-SHA-256" => new SaslMechanismScramSha256(credentials),
            "SCRAM-SHA-1" => new SaslMechanismScramSha1(credentials),
            "CRAM-MD5" => new SaslMechanismCramMd5(credentials),
            "DIGEST-MD5" => new SaslMechanismDigestMd5(credentials),
            _ => new SaslMechanismNtlm(credentials),
        });
}
