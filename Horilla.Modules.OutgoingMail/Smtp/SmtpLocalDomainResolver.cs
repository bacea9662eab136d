using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Selects the name to send in EHLO (RFC 5321 section 4.1.1.1). The first of these that is available is used: the server's
/// setting, the operator's, the machine's fully qualified name, the address that the connection comes from (section 4.1.3). One instance for each
/// tenant shell; thread-safe.
/// </summary>
/// <param name="options">The operator's setting.</param>
/// <param name="time">The clock.</param>
public sealed class SmtpLocalDomainResolver(IOptions<SmtpConnectionOptions> options, TimeProvider time)
{
    /// <summary>How long the DNS lookup of the machine's own name may delay the first message.</summary>
    private static readonly TimeSpan LookUpLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<string?>? _machineName;

    /// <summary>Returns the name for a connection.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="socket">The connection.</param>
    public async Task<string> GetAsync(SmtpServerSettings settings, Socket socket)
        => FirstNonEmpty(settings.LocalDomain, options.Value.LocalDomain) ?? await GetMachineNameAsync() ?? FormatAddressLiteral(((IPEndPoint)socket.LocalEndPoint!).Address);

    /// <summary>Whether the name can be sent in EHLO: a fully qualified host name, or an address literal such as [192.0.2.1].</summary>
    public static bool IsValid(string name) => IsAddressLiteral(name) || (IsQualified(name) && HostNameParser.TryParse(name, out var read) && read == name.ToLowerInvariant());

    private static bool IsAddressLiteral(string name)
        => name is ['[', .. var inner, ']']
            && (inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase)
                ? IPAddress.TryParse(inner["IPv6:".Length..], out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6
                : IPAddress.TryParse(inner, out var v4) && v4.AddressFamily == AddressFamily.InterNetwork && v4.ToString() == inner);

    private static string? FirstNonEmpty(params string?[] names) => Array.Find(names, name => !string.IsNullOrWhiteSpace(name))?.Trim();

    /// <summary>Names with underscores exist only in private networks, and servers reject them in EHLO.</summary>
    private static bool IsQualified(string name) => name.Trim('.').Contains('.', StringComparison.Ordinal) && !name.Contains('_', StringComparison.Ordinal);

    private static string FormatAddressLiteral(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        return plain.AddressFamily == AddressFamily.InterNetwork ? $"[{plain}]" : $"[IPv6:{new IPAddress(plain.GetAddressBytes())}]";
    }

    private Task<string?> GetMachineNameAsync()
    {
        lock (_lock)
        {
            return _machineName ??= ReadMachineNameAsync();
        }
    }

    private async Task<string?> ReadMachineNameAsync()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();

        if (NormalizeOrNull(properties.HostName) is { } hostName)
        {
            return hostName;
        }

        try
        {
            return NormalizeOrNull((await Dns.GetHostEntryAsync(properties.HostName).WaitAsync(LookUpLimit, time)).HostName);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            // A machine without a name in the DNS sends its address.
            return null;
        }
    }

    private static string? NormalizeOrNull(string name)
        => IsQualified(name) && HostNameParser.TryParse(name, out var read) && !read.EndsWith(".localdomain", StringComparison.Ordinal) && !IPAddress.TryParse(read, out _) ? read : null;
}
