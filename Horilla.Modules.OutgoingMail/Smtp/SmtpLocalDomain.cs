using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// The name that this machine gives itself in EHLO (RFC 5321 section 4.1.1.1): the server's setting, or else the operator's,
/// or else the machine's fully qualified name, or else the address that the connection comes from (section 4.1.3).
/// Thread-safe; one for each tenant shell.
/// </summary>
/// <param name="options">The operator's setting.</param>
/// <param name="time">The clock.</param>
public sealed class SmtpLocalDomain(IOptions<SmtpConnectionOptions> options, TimeProvider time)
{
    /// <summary>How long the look-up of the machine's own name may hold up the first message.</summary>
    private static readonly TimeSpan LookUpLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<string?>? _machine;

    /// <summary>The name for a connection.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="socket">The connection.</param>
    public async Task<string> ForAsync(SmtpServerSettings settings, Socket socket)
        => FirstOf(settings.LocalDomain, options.Value.LocalDomain) ?? await MachineAsync() ?? Literal(((IPEndPoint)socket.LocalEndPoint!).Address);

    /// <summary>Whether a server can be told this name: a fully qualified host name, or an address literal such as [192.0.2.1].</summary>
    public static bool IsValid(string name) => IsLiteral(name) || (IsQualified(name) && HostNames.TryRead(name, out var read) && read == name.ToLowerInvariant());

    private static bool IsLiteral(string name)
        => name is ['[', .. var inner, ']']
            && (inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase)
                ? IPAddress.TryParse(inner["IPv6:".Length..], out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6
                : IPAddress.TryParse(inner, out var v4) && v4.AddressFamily == AddressFamily.InterNetwork && v4.ToString() == inner);

    private static string? FirstOf(params string?[] names) => Array.Find(names, name => !string.IsNullOrWhiteSpace(name))?.Trim();

    /// <summary>Underscores are for names of hosts in networks of one's own: servers refuse them here.</summary>
    private static bool IsQualified(string name) => name.Trim('.').Contains('.', StringComparison.Ordinal) && !name.Contains('_', StringComparison.Ordinal);

    private static string Literal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        return plain.AddressFamily == AddressFamily.InterNetwork ? $"[{plain}]" : $"[IPv6:{new IPAddress(plain.GetAddressBytes())}]";
    }

    private Task<string?> MachineAsync()
    {
        lock (_lock)
        {
            return _machine ??= ReadMachineAsync();
        }
    }

    private async Task<string?> ReadMachineAsync()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();

        if (Usable(properties.HostName) is { } own)
        {
            return own;
        }

        try
        {
            return Usable((await Dns.GetHostEntryAsync(properties.HostName).WaitAsync(LookUpLimit, time)).HostName);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            // A machine without a name in the DNS says its address.
            return null;
        }
    }

    private static string? Usable(string name)
        => IsQualified(name) && HostNames.TryRead(name, out var read) && !read.EndsWith(".localdomain", StringComparison.Ordinal) && !IPAddress.TryParse(read, out _) ? read : null;
}
