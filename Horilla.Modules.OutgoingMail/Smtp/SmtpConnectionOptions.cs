namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// How long connections are kept, and how they are used: the section <c>Horilla_OutgoingMail_Smtp</c> of the configuration, of the host or of one
/// tenant. How many there may be, each mail server's own form says.
/// </summary>
public sealed class SmtpConnectionOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_OutgoingMail_Smtp";

    /// <summary>For how many seconds a connection is kept that sends nothing; 0 for not at all. Servers wait for 5 minutes (RFC 5321 section 4.5.3.2.7), many for less.</summary>
    public int IdleSeconds { get; set; } = 60;

    /// <summary>After how many idle seconds the server is asked whether it is still there (NOOP) before the next mail.</summary>
    public int CheckAfterSeconds { get; set; } = 5;

    /// <summary>After how many mails a connection is closed, so that load moves on with the addresses of the host; 0 for never.</summary>
    public int MessagesPerConnection { get; set; } = 500;

    /// <summary>Whether commands go together where a server says that it takes them so (RFC 2920). False for one that says so and does not.</summary>
    public bool Pipelining { get; set; } = true;

    /// <summary>
    /// The name that this machine gives itself in EHLO (RFC 5321 section 4.1.1.1), such as mail.example.com, or an address
    /// literal such as [192.0.2.1]. Null for the machine's fully qualified name, or else the address that the connection
    /// comes from. The form of a mail server may have another one.
    /// </summary>
    public string? LocalDomain { get; set; }

    internal TimeSpan IdleLimit => TimeSpan.FromSeconds(Math.Max(IdleSeconds, 0));

    internal TimeSpan CheckAfter => TimeSpan.FromSeconds(Math.Max(CheckAfterSeconds, 0));
}
