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

        // The parser skips what it can't read, and a mailbox that's left out would be a surprise.
        var isValid = InternetAddressList.TryParse(text, out var list)
            && list.Count is > 0 and <= Max
            && list.Count == CountEntries(text)
            && list.All(address => address is MailboxAddress mailbox && MailAddressParser.TryParse(mailbox.Address, out _));
        addresses = isValid ? [.. list!.Mailboxes] : null;

        return isValid;
    }

    /// <summary>Returns the number of entries: a comma within quotation marks is part of a name.</summary>
    private static int CountEntries(string text)
    {
        var (count, isQuoted) = (1, false);

        foreach (var character in text)
        {
            isQuoted ^= character == '"';
            count += character == ',' && !isQuoted ? 1 : 0;
        }

        return count;
    }
}
