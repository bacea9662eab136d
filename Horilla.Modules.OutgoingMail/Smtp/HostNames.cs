using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Reads host names and IP addresses that people type.</summary>
public static class HostNames
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;

    /// <summary>The name as it was read, and as people write it where that is another one (RFC 5891).</summary>
    public static string Spellings(string host)
        => new IdnMapping().GetUnicode(host) is var written && written != host ? $"{host}\n{written}" : host;

    /// <summary>Reads a host name (an internationalized one into its ASCII form, RFC 5891) or an IP address.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        var name = text.Trim();

        // A bracketed IPv6 address is how people copy it from a URL.
        if (name is ['[', .. var inner, ']'])
        {
            name = inner;
        }

        if (name.Length is 0 or > MaxLength || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return false;
        }

        // The root of the DNS, which certificates do not name.
        if (name is [.. var relative, '.'] && relative.Length > 0)
        {
            name = relative;
        }

        if (IPAddress.TryParse(name, out var address) && Uri.CheckHostName(name) is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            var plain = address!.ToString();

            // What would be read in another way than it is written, such as 127.1, is a slip; the name of a zone is kept.
            host = address.AddressFamily == AddressFamily.InterNetworkV6 ? (name.Contains('%', StringComparison.Ordinal) ? name : plain) : (plain == name ? plain : null);

            return host is not null;
        }

        try
        {
            name = new IdnMapping().GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // No label of a host name has what was typed.
            return false;
        }

        if (name.Length > MaxLength || !name.Split('.').All(IsLabel) || name.Split('.')[^1].All(char.IsAsciiDigit))
        {
            return false;
        }

        host = name;

        return true;
    }

    /// <summary>A label (RFC 1123 section 2.1). Underscores, which it has not, are in names that Docker Compose gives.</summary>
    private static bool IsLabel(string label)
        => label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
