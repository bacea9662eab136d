using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The aspect of a configuration that only SMTP servers have.</summary>
public sealed class SmtpServerSettings
{
    /// <summary>The name of the secret that the password is.</summary>
    public const string PasswordSecret = "Password";

    /// <summary>The most connections that there may be at the same time.</summary>
    public const int MaxConnectionsLimit = 100;

    /// <summary>The host name in ASCII, or an IP address.</summary>
    public string Host { get; set; } = "";

    /// <summary>1 to 65535.</summary>
    public int Port { get; set; } = 587;

    /// <summary>STARTTLS (RFC 3207): the connection begins in clear, and switches to TLS before anything is said. Required, never tried.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>Implicit TLS (RFC 8314): the connection is TLS from its first byte.</summary>
    public bool UseSsl { get; set; }

    /// <summary>How many connections there may be at the same time: 1 to 100. What is stored otherwise counts as the nearest of these.</summary>
    public int MaxConnections
    {
        get;
        set => field = Math.Clamp(value, 1, MaxConnectionsLimit);
    }
    = 4;

    /// <summary>
    /// The name that this site gives itself to the server in EHLO (RFC 5321 section 4.1.1.1): a fully qualified host name or an
    /// address literal. Null for the operator's, or else the machine's.
    /// </summary>
    public string? LocalDomain { get; set; }

    /// <summary>The server takes mail without a sign-in.</summary>
    public bool NeedsNoSignIn { get; set; }

    /// <summary>The password as a protected payload; null for none.</summary>
    public string? ProtectedPassword { get; set; }

    /// <summary>Whether nothing but the greeting goes over the network in clear.</summary>
    [JsonIgnore]
    public bool IsSecure => UseTls || UseSsl;

    /// <summary>Whether a password goes over the network in clear.</summary>
    [JsonIgnore]
    public bool SendsPasswordInClear => !IsSecure && !NeedsNoSignIn && ProtectedPassword is not null;

    /// <summary>Whether the server wants a sign-in, and there is no password for it.</summary>
    [JsonIgnore]
    public bool LacksPassword => !NeedsNoSignIn && ProtectedPassword is null;

    /// <summary>Where it sends to, for the list: host, port and security.</summary>
    [JsonIgnore]
    public string Destination => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}{(UseSsl ? ", TLS" : UseTls ? ", STARTTLS" : "")}";
}
