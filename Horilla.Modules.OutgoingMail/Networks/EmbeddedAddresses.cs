using System.Net;
using System.Net.Sockets;

namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>Finds the IPv4 addresses that IPv6 addresses carry: packets for the one reach the other.</summary>
internal static class EmbeddedAddresses
{
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("::ffff:0:0:0/96");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>
    /// The IPv4 addresses within an address: IPv4-compatible (RFC 4291 section 2.5.5.1), IPv4-translated (RFC 2765), NAT64 (RFC
    /// 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380) and ISATAP (RFC 5214). Empty for an IPv4 address.
    /// </summary>
    public static IEnumerable<IPAddress> In(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any))
        {
            yield break;
        }

        var bytes = address.GetAddressBytes();

        if (Compatible.Contains(address) || Translated.Contains(address) || Nat64.Contains(address) || IsIsatap(bytes))
        {
            yield return new IPAddress(bytes.AsSpan(12));
        }
        else if (LocalNat64.Contains(address))
        {
            // The operator of the network chooses the length of the prefix, and nobody else knows it (RFC 6052 section 2.2). What
            // begins with 0 is where another form has its prefix or its suffix.
            foreach (var form in (IPAddress[])[new([bytes[6], bytes[7], bytes[9], bytes[10]]), new([bytes[7], bytes[9], bytes[10], bytes[11]]), new(bytes.AsSpan(9, 4)), new(bytes.AsSpan(12))])
            {
                if (form.GetAddressBytes()[0] != 0)
                {
                    yield return form;
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

    /// <summary>Whether an address is no more than an IPv4 address in another form, wherever it leads by itself. That of ISATAP is an ordinary one of its network.</summary>
    public static bool IsForm(IPAddress address) => In(address).Any() && !IsIsatap(address.GetAddressBytes());

    private static bool IsIsatap(byte[] bytes) => (bytes[8] & 0xFD) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
}
