using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The settings that only SMTP servers have: an aspect of their configuration.</summary>
public sealed class SmtpServerSettings
{
    /// <summary>The name under which the password is protected.</summary>
    public const string PasswordSecret = "Password";

    /// <summary>The highest value of <see cref="MaxConnections"/>.</summary>
    public const int MaxConnectionsLimit = 100;

    /// <summary>The ID of the provider that was chosen, because several have the same host; null for none.</summary>
    public string? Provider { get; set; }

    /// <summary>The host name in ASCII, or an IP address.</summary>
    public string Host { get; set; } = "";

    /// <summary>The port, 1 to 65535.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether STARTTLS (RFC 3207) is required: the connection starts unencrypted and switches to TLS before anything except EHLO is sent. There is no fallback.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>Whether implicit TLS (RFC 8314) is used: the connection is encrypted from the start.</summary>
    public bool UseSsl { get; set; }

    /// <summary>The maximum number of connections at the same time, 1 to 100. Stored values outside this range are clamped to it.</summary>
    public int MaxConnections
    {
        get;
        set => field = Math.Clamp(value, 1, MaxConnectionsLimit);
    }
    = 4;

    /// <summary>
    /// The name to send in EHLO (RFC 5321 section 4.1.1.1): a fully qualified host name or an address literal. Null for the
    /// operator's setting, or else the machine's name or address.
    /// </summary>
    public string? LocalDomain { get; set; }

    /// <summary>Whether the server accepts email without a sign-in.</summary>
    public bool NeedsNoSignIn { get; set; }

    /// <summary>The password as a protected payload; null for none.</summary>
    public string? ProtectedPassword { get; set; }

    /// <summary>Whether the connection uses TLS. With STARTTLS, only the greeting and EHLO are unencrypted.</summary>
    [JsonIgnore]
    public bool IsSecure => UseTls || UseSsl;

    /// <summary>Whether a password is sent over an unencrypted connection.</summary>
    [JsonIgnore]
    public bool SendsPasswordUnencrypted => !IsSecure && !NeedsNoSignIn && ProtectedPassword is not null;

    /// <summary>Whether the server requires a sign-in, but no password is stored.</summary>
    [JsonIgnore]
    public bool IsPasswordMissing => !NeedsNoSignIn && ProtectedPassword is null;

    /// <summary>Host, port and security, as the list shows them.</summary>
    [JsonIgnore]
    public string Destination => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}{(UseSsl ? ", TLS" : UseTls ? ", STARTTLS" : "")}";
}
