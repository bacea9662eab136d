using System.Net;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>
/// Decides which addresses a tenant's mail servers may have, so that a tenant's form is no way into the host's own
/// network. It is asked about the address that is really connected to, after the look-up. Immutable; thread-safe.
/// </summary>
public sealed class NetworkPolicy
{
    /// <summary>
    /// Never allowed: "this host", link-local (where the metadata services of clouds are), multicast and reserved networks
    /// (RFC 6890), and the metadata services that have other addresses (Azure, Alibaba Cloud, Oracle Cloud; AWS, Google Cloud and Scaleway over IPv6).
    /// </summary>
    private static readonly IPNetwork[] Never =
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

    /// <summary>For one tenant.</summary>
    /// <param name="options">What the operator chose.</param>
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
            Problem = e.Message;
        }
    }

    /// <summary>What is wrong with the operator's lists; null for nothing. While there is something, no address is allowed.</summary>
    public string? Problem { get; }

    /// <summary>Whether a mail server may have this address. One that carries an IPv4 address must be allowed in both forms.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        return Problem is null && IsAllowed(plain) && EmbeddedAddresses.In(plain).All(IsAllowed);
    }

    private bool IsAllowed(IPAddress address)
        => !Has(Never, address)
            && !Has(_deny, address)
            && (_allow.Length > 0 ? Has(_allow, address) || IsCarrierOf(address) : _isDefaultTenant || !IPAddress.IsLoopback(address));

    /// <summary>An operator who allows an IPv4 network allows the IPv6 forms of its addresses: what they carry is asked about too.</summary>
    private static bool IsCarrierOf(IPAddress address) => EmbeddedAddresses.IsForm(address);

    private static bool Has(IPNetwork[] networks, IPAddress address) => networks.Any(network => network.Contains(address));

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

            if (int.TryParse(parts[1], out var length) && length >= 0 && length <= bits)
            {
                return new IPNetwork(Mask(address, length), length);
            }
        }

        throw new FormatException(
            $"'{range}' in {NetworkOptions.Section}:{list} isn't a network in CIDR notation. Write it like 10.0.0.0/8 or fd00::/8.");
    }

    /// <summary>The first address of the network: people write 10.1.2.3/8 too.</summary>
    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();

        for (var index = 0; index < bytes.Length; index++)
        {
            var kept = Math.Clamp(length - (index * 8), 0, 8);
            bytes[index] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
