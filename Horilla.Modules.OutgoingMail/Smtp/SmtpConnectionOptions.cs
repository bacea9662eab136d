namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// How long connections are kept, and how they are used: the section <c>Horilla_OutgoingMail_Smtp</c> in the configuration
/// of the host or of one tenant. The maximum number of connections is set in the form of each mail server.
/// </summary>
public sealed class SmtpConnectionOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_OutgoingMail_Smtp";

    /// <summary>How many seconds an idle connection is kept open; 0 closes it after each message. Servers wait for 5 minutes (RFC 5321 section 4.5.3.2.7), many for less.</summary>
    public int IdleSeconds { get; set; } = 60;

    /// <summary>After how many idle seconds a connection is checked with NOOP before the next message.</summary>
    public int CheckAfterSeconds { get; set; } = 5;

    /// <summary>After how many messages a connection is closed, so that the load follows changes of the host's addresses; 0 for never.</summary>
    public int MessagesPerConnection { get; set; } = 500;

    /// <summary>Whether commands are pipelined if the server offers PIPELINING (RFC 2920). Set to false if a server offers it but doesn't support it.</summary>
    public bool Pipelining { get; set; } = true;

    /// <summary>
    /// The name that this machine sends in EHLO (RFC 5321 section 4.1.1.1), such as mail.example.com, or an address literal
    /// such as [192.0.2.1]. Null for the machine's fully qualified name, or else the address that the connection comes from.
    /// The form of a mail server can override it.
    /// </summary>
    public string? LocalDomain { get; set; }

    internal TimeSpan IdleLimit => TimeSpan.FromSeconds(Math.Max(IdleSeconds, 0));

    internal TimeSpan CheckAfter => TimeSpan.FromSeconds(Math.Max(CheckAfterSeconds, 0));
}
