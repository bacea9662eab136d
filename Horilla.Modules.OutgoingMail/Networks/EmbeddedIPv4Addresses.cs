using System.Net;
using System.Net.Sockets;

namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>Finds IPv4 addresses embedded in IPv6 addresses. Packets sent to the IPv6 address can reach the IPv4 address.</summary>
internal static class EmbeddedIPv4Addresses
{
    private static readonly IPNetwork IPv4Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork IPv4Translated = IPNetwork.Parse("::ffff:0:0:0/96");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork LocalUseNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>
    /// Returns the IPv4 addresses in an address: IPv4-compatible (RFC 4291 section 2.5.5.1), IPv4-translated (RFC 2765), NAT64 (RFC
    /// 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380) and ISATAP (RFC 5214). Empty for an IPv4 address.
    /// </summary>
    public static IEnumerable<IPAddress> Extract(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any))
        {
            yield break;
        }

        var bytes = address.GetAddressBytes();

        if (IPv4Compatible.Contains(address) || IPv4Translated.Contains(address) || Nat64.Contains(address) || IsIsatap(bytes))
        {
            yield return new IPAddress(bytes.AsSpan(12));
        }
        else if (LocalUseNat64.Contains(address))
        {
            // The network operator chooses the prefix length, so each possible one is tried (RFC 6052 section 2.2). A result that
            // begins with 0 overlaps the prefix or suffix of another length.
            foreach (var candidate in (IPAddress[])[new([bytes[6], bytes[7], bytes[9], bytes[10]]), new([bytes[7], bytes[9], bytes[10], bytes[11]]), new(bytes.AsSpan(9, 4)), new(bytes.AsSpan(12))])
            {
                if (candidate.GetAddressBytes()[0] != 0)
                {
                    yield return candidate;
                }
            }
        }
        else if (SixToFour.Contains(address))
        {
            yield return new IPAddress(bytes.AsSpan(2, 4));
        }
        else if (Teredo.Contains(address))
        {
            yield return new IPAddress(bytes.AsSpan(4, 4));
            yield return new IPAddress([.. bytes.AsSpan(12).ToArray().Select(part => (byte)~part)]);
        }
    }

    /// <summary>Whether an address is only another form of an IPv4 address. An ISATAP address isn't: it is an ordinary address of its network.</summary>
    public static bool IsIPv4Embedded(IPAddress address) => Extract(address).Any() && !IsIsatap(address.GetAddressBytes());

    private static bool IsIsatap(byte[] bytes) => (bytes[8] & 0xFD) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
}
