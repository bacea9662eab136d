using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Selects the sign-in mechanisms. After a rejected password, no other mechanism is tried: each attempt counts toward a lockout.
/// </summary>
internal static class SaslMechanismSelector
{
    /// <summary>Over TLS the simple mechanisms come first: servers announce others that accounts aren't set up for.</summary>
    private static readonly string[] EncryptedPreference = ["PLAIN", "LOGIN", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5", "NTLM"];

    /// <summary>Without TLS, the mechanisms that don't send the password itself come first.</summary>
    private static readonly string[] UnencryptedPreference = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5", "NTLM", "PLAIN", "LOGIN"];

    /// <summary>Returns the mechanisms that both the server and this client support, the preferred one first.</summary>
    /// <param name="client">The client, which knows what the server offers.</param>
    /// <param name="isEncrypted">Whether the connection uses TLS.</param>
    /// <param name="credentials">User name and password.</param>
    /// <remarks>
    /// Mechanisms with channel binding (-PLUS) need the TLS session, which the client doesn't have. XOAUTH2 and OAUTHBEARER
    /// use a token instead of a password.
    /// </remarks>
    public static IEnumerable<SaslMechanism> Select(SmtpClient client, bool isEncrypted, NetworkCredential credentials)
        => (isEncrypted ? EncryptedPreference : UnencryptedPreference).Where(name => client.AuthenticationMechanisms.Contains(name, StringComparer.OrdinalIgnoreCase)).Select<string, SaslMechanism>(name => name switch
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
