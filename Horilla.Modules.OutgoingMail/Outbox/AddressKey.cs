using System.Text;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// A form of an address that databases compare in the same way, whatever their collation, so that an index finds all
/// addresses with the same beginning: the hexadecimal digits of its lower-case characters in UTF-8.
/// </summary>
internal static class AddressKey
{
    /// <summary>The maximum length of a key.</summary>
    public const int MaxLength = 200;

    /// <summary>Returns the key of an address, or of its beginning. Longer addresses are cut off.</summary>
    public static string Create(string address)
    {
        var digits = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(address.ToLowerInvariant()));

        return digits.Length <= MaxLength ? digits : digits[..MaxLength];
    }

    /// <summary>Returns the first key that sorts after all keys with this beginning.</summary>
    public static string GetEnd(string key) => key + "g";
}
