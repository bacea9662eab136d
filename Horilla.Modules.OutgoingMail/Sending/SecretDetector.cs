using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Detects secrets in what a server sends back. Some servers repeat a rejected sign-in in their reply, which would then appear
/// in pages, logs and the database. Letter case, line breaks, punctuation and percent-encoding make no difference.
/// Immutable; thread-safe.
/// </summary>
internal sealed partial class SecretDetector
{
    /// <summary>The minimum length of a folded form. A shorter one would match too much: such a secret is only found in its original form.</summary>
    private const int MinFoldedLength = 4;

    private readonly string[] _secrets;
    private readonly HashSet<string> _folded = new(StringComparer.Ordinal);

    /// <summary>Prepares the search for secrets.</summary>
    /// <param name="secrets">The secrets. Empty ones are ignored.</param>
    public SecretDetector(params IEnumerable<string> secrets)
    {
        _secrets = [.. secrets.Where(secret => secret.Length > 0)];

        foreach (var secret in _secrets)
        {
            AddFoldedForms(secret);

            // A part of a token (RFC 7519) is as sensitive as the whole token.
            foreach (var part in secret.Split('.').Where(part => part.Length > 16))
            {
                AddFoldedForms(part);
            }
        }
    }

    /// <summary>An instance without secrets.</summary>
    public static SecretDetector None { get; } = new();

    /// <summary>Returns an instance for the secrets of a password sign-in: the password, and the initial response of SASL PLAIN (RFC 4616).</summary>
    public static SecretDetector ForPassword(string username, string password)
        => new(password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{username}\0{password}")));

    /// <summary>Whether the text contains one of the secrets, in plain text, base64 (RFC 4648) or hexadecimal.</summary>
    public bool ContainsSecret(string? text)
    {
        if (string.IsNullOrEmpty(text) || _secrets.Length == 0)
        {
            return false;
        }

        // In a multiline reply, the code at the start of each line would split a secret.
        var joined = ReplyCodePrefix().Replace(text, "");

        return ContainsAny(joined)
            || (joined.Contains('%', StringComparison.Ordinal) && ContainsAny(Uri.UnescapeDataString(joined)))
            || (joined.Contains('&', StringComparison.Ordinal) && ContainsAny(WebUtility.HtmlDecode(joined)));
    }

    private static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>
    /// Returns the characters of a secret's base64 encoding that don't depend on the bytes before and after it, for each of the
    /// three offsets at which it can start in a group of three bytes.
    /// </summary>
    private static IEnumerable<string> StableBase64Parts(byte[] secret)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. secret]).TrimEnd('=');
            var isCutAtEnd = (offset + secret.Length) % 3 != 0;
            var first = offset == 0 ? 0 : offset + 1;
            var length = encoded.Length - first - (isCutAtEnd ? 1 : 0);

            if (length > 0)
            {
                yield return encoded.Substring(first, length);
            }
        }
    }

    private void AddFoldedForms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);

        foreach (var form in (string[])[secret, Convert.ToBase64String(bytes), Convert.ToHexString(bytes), .. StableBase64Parts(bytes)])
        {
            if (Fold(form) is { Length: >= MinFoldedLength } folded)
            {
                _folded.Add(folded);
            }
        }
    }

    private bool ContainsAny(string text)
    {
        if (_secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var folded = Fold(text);

        return _folded.Any(form => folded.Contains(form, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\d{3}[- ]|[\r\n]+(\d{3}[- ])?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReplyCodePrefix();
}
