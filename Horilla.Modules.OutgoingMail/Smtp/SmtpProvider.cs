namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A well-known provider, and what its servers want.</summary>
/// <param name="Id">Its name for code.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Host">Its SMTP host.</param>
/// <param name="Port">Its port.</param>
/// <param name="UseSsl">TLS from the first byte; STARTTLS where false.</param>
/// <param name="Hint">What to enter as user name and password, in English: the key of the text.</param>
/// <param name="HelpUrl">Its own page on that.</param>
public sealed record SmtpProvider(string Id, string Name, string Host, int Port, bool UseSsl, string Hint, string HelpUrl);
