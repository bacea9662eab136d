using System.Globalization;
using System.Net;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>
/// Decides which addresses a tenant's mail servers may have, to prevent server-side request forgery into the host's own
/// network. Checks the address that is actually connected to, after the DNS lookup. Immutable; thread-safe.
/// </summary>
public sealed class NetworkPolicy : INetworkPolicy
{
    /// <summary>
    /// Never allowed: "this host", link-local (used by cloud metadata services), multicast and reserved networks (RFC 6890),
    /// and metadata services at other addresses (Azure, Alibaba Cloud, Oracle Cloud; AWS, Google Cloud and Scaleway over IPv6).
    /// </summary>
    private static readonly IPNetwork[] AlwaysDenied =
    [
        .. new[]
        {
            "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32",
            "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::/32", "fd20:ce::254/128", "fd00:42::42/128",
        }.Select(IPNetwork.Parse),
    ];

    private readonly bool _isDefaultTenant;
    private readonly IPNetwork[] _allow = [];
    private readonly IPNetwork[] _deny = [];

    /// <summary>Creates the policy of a tenant.</summary>
    /// <param name="options">The operator's settings.</param>
    /// <param name="tenant">The tenant.</param>
    public NetworkPolicy(IOptions<NetworkOptions> options, ShellSettings tenant)
    {
        _isDefaultTenant = tenant.Name == ShellSettings.DefaultShellName;

        try
        {
            _allow = [.. options.Value.Allow.Select(range => Parse(range, nameof(NetworkOptions.Allow)))];
            _deny = [.. options.Value.Deny.Select(range => Parse(range, nameof(NetworkOptions.Deny)))];
        }
        catch (FormatException e)
        {
            ConfigurationError = e.Message;
        }
    }

    /// <summary>The error in the operator's lists, or null if there is none. While there is an error, no address is allowed.</summary>
    public string? ConfigurationError { get; }

    /// <summary>Whether a mail server may have this address. If it embeds an IPv4 address, both have to be allowed.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        return ConfigurationError is null && IsAllowed(plain) && EmbeddedIPv4Addresses.Extract(plain).All(IsAllowed);
    }

    /// <summary>Allowing an IPv4 network also allows the IPv6 forms of its addresses. The embedded address is checked separately.</summary>
    private bool IsAllowed(IPAddress address)
        => !ContainsAddress(AlwaysDenied, address)
            && !ContainsAddress(_deny, address)
            && (_allow.Length > 0 ? ContainsAddress(_allow, address) || EmbeddedIPv4Addresses.IsIPv4Embedded(address) : _isDefaultTenant || !IPAddress.IsLoopback(address));

    private static bool ContainsAddress(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

    private static IPNetwork Parse(string range, string list)
    {
        var parts = range.Split('/');

        if (parts.Length <= 2 && IPAddress.TryParse(parts[0], out var address))
        {
            var bits = address.GetAddressBytes().Length * 8;

            if (parts.Length == 1)
            {
                return new IPNetwork(address, bits);
            }

            if (int.TryParse(parts[1], CultureInfo.InvariantCulture, out var length) && length >= 0 && length <= bits)
            {
                return new IPNetwork(GetNetworkAddress(address, length), length);
            }
        }

        throw new FormatException(
            $"'{range}' in {NetworkOptions.SectionName}:{list} isn't a network in CIDR notation. Write it like 10.0.0.0/8 or fd00::/8.");
    }

    /// <summary>Returns the first address of the network, so that 10.1.2.3/8 is accepted too.</summary>
    private static IPAddress GetNetworkAddress(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();

        for (var index = 0; index < bytes.Length; index++)
        {
            var prefixBits = Math.Clamp(length - (index * 8), 0, 8);
            bytes[index] &= (byte)(0xFF << (8 - prefixBits));
        }

        return new IPAddress(bytes);
    }
}
