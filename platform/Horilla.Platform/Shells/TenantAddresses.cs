using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

/// <summary>The addresses of tenants: each host of a tenant with its prefix. Thread-safe.</summary>
internal sealed class TenantAddresses(IShellHost shellHost)
{
    private const int MaxHostLength = 253;

    /// <summary>Returns another tenant that has one of these addresses, or null if there is none.</summary>
    public ShellSettings? FindOther(ShellSettings settings)
    {
        var own = GetAddresses(settings).ToHashSet(StringComparer.OrdinalIgnoreCase);

        return shellHost.GetAllSettings().FirstOrDefault(other => !string.Equals(other.Name, settings.Name, StringComparison.OrdinalIgnoreCase) && GetAddresses(other).Any(own.Contains));
    }

    /// <summary>Returns each address as host and prefix, both of which can be empty.</summary>
    public static IEnumerable<string> GetAddresses(ShellSettings settings)
        => settings.RequestUrlHosts.DefaultIfEmpty("").Select(host => $"{host}/{settings.RequestUrlPrefix}");

    /// <summary>Whether one of the tenant's host names is this host or its whole domain.</summary>
    public static bool MatchesHost(ShellSettings settings, HostString host)
        => settings.RequestUrlHosts.Intersect(GetHostPatterns(host), StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>Returns the names by which tenants can list a host, the most specific first: with its port, without it, and its whole domain.</summary>
    public static IEnumerable<string> GetHostPatterns(HostString host)
        => new[] { host.Value, host.Host, host.Host.Split('.', 2) is [_, { Length: > 0 } domain] ? "*." + domain : null }.OfType<string>();

    /// <summary>Reads host names as typed, separated by commas, semicolons or whitespace.</summary>
    /// <param name="text">Names such as <c>crm.example.com</c>, <c>*.example.com</c> and <c>localhost:5001</c>.</param>
    /// <param name="hosts">The names as requests contain them, or null if there are none.</param>
    /// <param name="invalidHost">The first name that isn't valid.</param>
    public static bool TryReadHosts(string? text, out string? hosts, [NotNullWhen(false)] out string? invalidHost)
    {
        var names = new List<string>();

        foreach (var name in (text ?? "").Split([.. ShellSettings.HostSeparators, '\r', '\n', '\t', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadHost(name) is not { } host)
            {
                (hosts, invalidHost) = (null, name);

                return false;
            }

            names.Add(host);
        }

        hosts = names.Count == 0 ? null : string.Join(',', names.Distinct(StringComparer.OrdinalIgnoreCase));
        invalidHost = null;

        return true;
    }

    private static string? ReadHost(string name)
    {
        var (host, port) = name.LastIndexOf(':') is var colon and >= 0 && !name.EndsWith(']') ? (name[..colon], name[(colon + 1)..]) : (name, null);
        var wildcard = host.StartsWith("*.", StringComparison.Ordinal) ? "*." : "";

        if (port is not null && (wildcard.Length > 0 || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535))
        {
            return null;
        }

        try
        {
            var ascii = host.StartsWith('[') ? host : new IdnMapping().GetAscii(host[wildcard.Length..]).ToLowerInvariant();

            return Uri.CheckHostName(ascii) == UriHostNameType.Unknown || ascii.Length > MaxHostLength ? null : wildcard + ascii + (port is null ? "" : ":" + port);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
