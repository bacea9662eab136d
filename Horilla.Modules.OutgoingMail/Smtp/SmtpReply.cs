using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A server's reply (RFC 5321 section 4.2), with its enhanced status code (RFC 3463) if it has one.</summary>
/// <param name="Code">The code, 200 to 599.</param>
/// <param name="Enhanced">The enhanced code, such as 5.7.8; null for none.</param>
/// <param name="Text">The text, with the enhanced code but without the basic one.</param>
internal sealed partial record SmtpReply(int Code, string? Enhanced, string Text)
{
    /// <summary>Whether the error is temporary: the same command may succeed later.</summary>
    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>The enhanced code without its class, such as 7.8, because the basic code has the class too. Null for none.</summary>
    public string? SubjectAndDetail => Enhanced?[2..];

    /// <summary>
    /// Whether the server accepts no more recipients in this transaction, but may in another one (RFC 5321 section
    /// 4.5.3.1.10, RFC 3463 section 3.6). Some servers reply 552, as in RFC 821.
    /// </summary>
    public bool IsTooManyRecipients => SubjectAndDetail == "5.3" || (Enhanced is null && Code is 452 or 552);

    /// <summary>Whether the reply is only about the address (RFC 3463 section 3.2), so that another connection doesn't help.</summary>
    public bool IsAboutAddress => SubjectAndDetail?.StartsWith("1.", StringComparison.Ordinal) == true;

    /// <summary>Parses a reply.</summary>
    public static SmtpReply Parse(SmtpResponse response) => Parse((int)response.StatusCode, response.Response);

    /// <inheritdoc cref="Parse(SmtpResponse)"/>
    public static SmtpReply Parse(SmtpCommandException e) => Parse((int)e.StatusCode, e.Message);

    /// <summary>Parses a reply that is already split into its code and its text.</summary>
    public static SmtpReply Parse(int code, string text) => new(code, EnhancedCode().Match(text) is { Success: true, Groups: var groups } ? groups["code"].Value : null, text);

    /// <inheritdoc />
    public override string ToString() => $"{Code.ToString(CultureInfo.InvariantCulture)} {Text}".TrimEnd();

    [GeneratedRegex(@"^\s*(?<code>[245]\.\d{1,3}\.\d{1,3})(?!\S)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnhancedCode();
}
