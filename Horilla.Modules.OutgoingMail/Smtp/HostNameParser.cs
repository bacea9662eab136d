using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Parses host names and IP addresses that users enter.</summary>
public static class HostNameParser
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;

    /// <summary>Returns the ASCII form of a name, followed on a new line by its Unicode form if that differs (RFC 5891).</summary>
    public static string ToSearchTerms(string host)
        => new IdnMapping().GetUnicode(host) is var unicodeName && unicodeName != host ? $"{host}\n{unicodeName}" : host;

    /// <summary>Parses a host name or an IP address. An internationalized name is converted to its ASCII form (RFC 5891).</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        var name = text.Trim();

        // An IPv6 address copied from a URL is in brackets.
        if (name is ['[', .. var inner, ']'])
        {
            name = inner;
        }

        if (name.Length is 0 or > MaxLength || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return false;
        }

        // A trailing dot is the root of the DNS, which certificates don't name.
        if (name is [.. var relative, '.'] && relative.Length > 0)
        {
            name = relative;
        }

        if (IPAddress.TryParse(name, out var address) && Uri.CheckHostName(name) is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            var canonical = address!.ToString();

            // An IPv4 address that is parsed differently from how it is written, such as 127.1, is a mistake. An IPv6 zone is kept.
            host = address.AddressFamily == AddressFamily.InterNetworkV6 ? (name.Contains('%', StringComparison.Ordinal) ? name : canonical) : (canonical == name ? canonical : null);

            return host is not null;
        }

        try
        {
            name = new IdnMapping().GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // The text contains characters that aren't valid in a host name.
            return false;
        }

        if (name.Length > MaxLength || !name.Split('.').All(IsLabel) || name.Split('.')[^1].All(char.IsAsciiDigit))
        {
            return false;
        }

        host = name;

        return true;
    }

    /// <summary>Whether the text is a label (RFC 1123 section 2.1). The RFC doesn't allow underscores, but Docker Compose puts them in names.</summary>
    private static bool IsLabel(string label)
        => label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
