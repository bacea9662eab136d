using System.Diagnostics.CodeAnalysis;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Parses email addresses that people type.</summary>
public static class MailAddressParser
{
    /// <summary>The maximum length of an address: RFC 5321 section 4.5.3.1.3, without the angle brackets.</summary>
    public const int MaxLength = 254;

    /// <summary>Only read: a new instance for each address would copy the table of MIME types that it includes.</summary>
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>Parses one address without a display name (RFC 5322 section 3.4.1) and without spaces or line breaks around it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out MailboxAddress? mailbox)
    {
        mailbox = null;

        return !string.IsNullOrEmpty(text)
            && text.Length <= MaxLength
            && (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || (!text.Any(char.IsControl) && InvisibleCharacters.Find(text) is null))
            && MailboxAddress.TryParse(Strict, text, out mailbox)
            && mailbox.Address == text
            && IsDomain(mailbox.Domain);
    }

    /// <summary>Whether a domain is a DNS name (RFC 5321 section 4.1.2), possibly internationalized, or an address literal in brackets. MimeKit accepts any atom.</summary>
    private static bool IsDomain(string domain)
        => domain.Length > 0 && (domain[0] == '[' || domain.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' || !char.IsAscii(letter)));

    /// <summary>Returns the domain of an address in lowercase ASCII form, or an empty string if the address isn't valid.</summary>
    public static string GetDomain(string? address)
        => TryParse(address, out var mailbox) ? MailboxAddress.EncodeAddrspec(mailbox.Address).Split('@')[^1].ToLowerInvariant() : "";
}
