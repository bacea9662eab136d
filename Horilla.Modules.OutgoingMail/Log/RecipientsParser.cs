using Horilla.Modules.OutgoingMail.Configurations;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Parses the recipients that a message is sent again to.</summary>
internal static class RecipientsParser
{
    /// <summary>The maximum number of recipients.</summary>
    public const int Max = 100;

    /// <summary>Parses addresses that are separated by commas.</summary>
    /// <param name="text">The addresses; empty for the same recipients as before.</param>
    /// <param name="addresses">The addresses, or null for the same.</param>
    /// <returns>Whether the addresses are valid.</returns>
    public static bool TryParse(string? text, out IReadOnlyList<MailboxAddress>? addresses)
    {
        addresses = null;

        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (!InternetAddressList.TryParse(text, out var list) || list.Count > Max || list.Any(address => address is not MailboxAddress mailbox || !MailAddressParser.TryParse(mailbox.Address, out _)))
        {
            return false;
        }

        addresses = [.. list.Mailboxes];

        return true;
    }
}
