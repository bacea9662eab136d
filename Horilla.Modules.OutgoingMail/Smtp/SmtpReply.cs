using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A reply of a server (RFC 5321 section 4.2), with its enhanced status code (RFC 3463) where it has one.</summary>
/// <param name="Code">The code, 200 to 599.</param>
/// <param name="Enhanced">The enhanced code, such as 5.7.8; null for none.</param>
/// <param name="Text">The text, with the enhanced code and without the other.</param>
internal sealed partial record SmtpReply(int Code, string? Enhanced, string Text)
{
    /// <summary>Whether the server can't do it now, but may later.</summary>
    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>The enhanced code without its class, such as 7.8: the class is the code's to say. Null for none.</summary>
    public string? Detail => Enhanced?[2..];

    /// <summary>
    /// Whether the server accepts no further recipient in this transaction, but may in another one (RFC 5321 section
    /// 4.5.3.1.10, RFC 3463 section 3.6). Some say it by 552, as RFC 821 had it.
    /// </summary>
    public bool IsTooManyRecipients => Detail == "5.3" || (Enhanced is null && Code is 452 or 552);

    /// <summary>Whether it is about the address alone (RFC 3463 section 3.2): another connection changes nothing.</summary>
    public bool IsAboutAddress => Detail?.StartsWith("1.", StringComparison.Ordinal) == true;

    /// <summary>Reads a reply.</summary>
    public static SmtpReply Parse(SmtpResponse response) => Parse((int)response.StatusCode, response.Response);

    /// <inheritdoc cref="Parse(SmtpResponse)"/>
    public static SmtpReply Parse(SmtpCommandException e) => Parse((int)e.StatusCode, e.Message);

    /// <summary>Reads a reply that was told apart into its code and its text.</summary>
    public static SmtpReply Parse(int code, string text) => new(code, EnhancedCode().Match(text) is { Success: true, Groups: var groups } ? groups[1].Value : null, text);

    /// <inheritdoc />
    public override string ToString() => $"{Code.ToString(CultureInfo.InvariantCulture)} {Text}".TrimEnd();

    [GeneratedRegex(@"^\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")]
    private static partial Regex EnhancedCode();
}
