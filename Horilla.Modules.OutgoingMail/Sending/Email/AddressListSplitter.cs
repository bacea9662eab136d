using System.Text.RegularExpressions;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>Splits a text into addresses at commas and semicolons, except in quotes, angle brackets and comments (RFC 5322 section 3.4).</summary>
internal static partial class AddressListSplitter
{
    /// <summary>Returns the addresses without blank ones.</summary>
    public static IEnumerable<string> Split(string text) => Address().Matches(text).Select(match => match.Value.Trim()).Where(address => address.Length > 0);

    [GeneratedRegex("""(?:"(?:\\.|[^"\\])*"|<[^>]*>|\((?:\\.|[^()\\])*\)|[^,;])+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
