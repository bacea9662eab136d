using System.Diagnostics.CodeAnalysis;
using Horilla.Modules.OutgoingMail.Configurations;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Reads addresses that people type.</summary>
public static class MailAddresses
{
    /// <summary>The longest address: RFC 5321 section 4.5.3.1.3, less the angle brackets.</summary>
    public const int MaxLength = 254;

    private static ParserOptions Strict => new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>Reads one address without a name (RFC 5322 section 3.4.1), with no blank or line break around it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out MailboxAddress? mailbox)
    {
        mailbox = null;

        return !string.IsNullOrEmpty(text)
            && text.Length <= MaxLength
            && !text.Any(char.IsControl)
            && InvisibleCharacters.Find(text) is null
            && MailboxAddress.TryParse(Strict, text, out mailbox)
            && mailbox.Address == text
            && IsDomain(mailbox.Domain);
    }

    /// <summary>A name of the DNS (RFC 5321 section 4.1.2), perhaps an internationalized one, or an address in brackets: MimeKit takes any atom.</summary>
    private static bool IsDomain(string domain)
        => domain.Length > 0 && (domain[0] == '[' || domain.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' || !char.IsAscii(letter)));

    /// <summary>The domain of an address, in lower case and its ASCII form; empty for what is no address.</summary>
    public static string DomainOf(string? address)
        => TryParse(address, out var mailbox) ? MailboxAddress.EncodeAddrspec(mailbox.Address).Split('@')[^1].ToLowerInvariant() : "";
}
