namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A well-known provider and its server settings.</summary>
/// <param name="Id">Its technical name.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Host">Its SMTP host.</param>
/// <param name="Port">Its port.</param>
/// <param name="UseSsl">Whether it uses implicit TLS; STARTTLS if false.</param>
/// <param name="Hint">What to enter as user name and password, in English: the key for localization.</param>
/// <param name="HelpUrl">Its help page on that.</param>
/// <param name="Domains">The domains of its mailboxes, by which it's proposed; empty if its customers use their own domains.</param>
public sealed record SmtpProvider(string Id, string Name, string Host, int Port, bool UseSsl, string Hint, string HelpUrl, params string[] Domains)
{
    /// <summary>How many messages a minute it accepts; null if it documents no such limit.</summary>
    public int? MessagesPerMinute { get; init; }

    /// <summary>How many recipients a day it accepts; null if it documents no such limit.</summary>
    public int? RecipientsPerDay { get; init; }

    /// <summary>Its page on these limits; null if there are none.</summary>
    public string? LimitsUrl { get; init; }
}
