using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Recognizes secrets in what a server sends back. Some servers repeat a rejected sign-in in their reply, which would then
/// stand in pages, logs and the database. Letter case, line breaks, punctuation and percent-encoding make no difference.
/// Immutable; thread-safe.
/// </summary>
internal sealed partial class SecretEcho
{
    /// <summary>Below this length a folded form says too little: only the secret as it is counts.</summary>
    private const int MinFoldedLength = 4;

    private readonly string[] _secrets;
    private readonly HashSet<string> _folded = new(StringComparer.Ordinal);

    /// <param name="secrets">The secrets. Empty ones are left out.</param>
    public SecretEcho(params IEnumerable<string> secrets)
    {
        _secrets = [.. secrets.Where(secret => secret.Length > 0)];

        foreach (var secret in _secrets)
        {
            Add(secret);

            // Of a token (RFC 7519) a part is as telling as the whole.
            foreach (var part in secret.Split('.').Where(part => part.Length > 16))
            {
                Add(part);
            }
        }
    }

    /// <summary>Nothing is secret.</summary>
    public static SecretEcho None { get; } = new();

    /// <summary>What a sign-in with a password sends: the password, and the initial response of SASL PLAIN (RFC 4616).</summary>
    public static SecretEcho OfPassword(string username, string password)
        => new(password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{username}\0{password}")));

    /// <summary>Whether the text has one of the secrets, as it is, or in base64 (RFC 4648) or hexadecimal.</summary>
    public bool IsIn(string? text)
    {
        if (string.IsNullOrEmpty(text) || _secrets.Length == 0)
        {
            return false;
        }

        // The codes of a reply in several lines would stand within what is split among them.
        var joined = LineCode().Replace(text, "");

        return Has(joined)
            || (joined.Contains('%', StringComparison.Ordinal) && Has(Uri.UnescapeDataString(joined)))
            || (joined.Contains('&', StringComparison.Ordinal) && Has(WebUtility.HtmlDecode(joined)));
    }

    private static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>
    /// The characters of a secret's base64 that do not depend on what stands before and after it, where it begins at each
    /// of the three places that it can have in a group of three bytes.
    /// </summary>
    private static IEnumerable<string> Base64Cores(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. secret]).TrimEnd('=');
            var isCutAtEnd = (before + secret.Length) % 3 != 0;
            var first = before == 0 ? 0 : before + 1;
            var length = encoded.Length - first - (isCutAtEnd ? 1 : 0);

            if (length > 0)
            {
                yield return encoded.Substring(first, length);
            }
        }
    }

    private void Add(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);

        foreach (var form in (string[])[secret, Convert.ToBase64String(bytes), Convert.ToHexString(bytes), .. Base64Cores(bytes)])
        {
            if (Fold(form) is { Length: >= MinFoldedLength } folded)
            {
                _folded.Add(folded);
            }
        }
    }

    private bool Has(string text)
    {
        if (_secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var folded = Fold(text);

        return _folded.Any(form => folded.Contains(form, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\d{3}[- ]|[\r\n]+(\d{3}[- ])?")]
    private static partial Regex LineCode();
}
