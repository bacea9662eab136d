using System.Text.RegularExpressions;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>Splits a text into addresses at commas and semicolons, but not at those in quotes, angle brackets or comments (RFC 5322 section 3.4).</summary>
internal static partial class AddressListSplitter
{
    /// <summary>The addresses; blank ones are left out.</summary>
    public static IEnumerable<string> Split(string text) => Address().Matches(text).Select(match => match.Value.Trim()).Where(address => address.Length > 0);

    [GeneratedRegex("""(?:"(?:\\.|[^"\\])*"|<[^>]*>|\((?:\\.|[^()\\])*\)|[^,;])+""")]
    private static partial Regex Address();
}
