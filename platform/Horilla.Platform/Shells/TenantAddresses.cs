using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

/// <summary>The addresses of tenants: each host of a tenant with its prefix. Thread-safe.</summary>
internal sealed class TenantAddresses(IShellHost shellHost)
{
    private const int LongestHost = 253;

    /// <summary>Another tenant that has one of these addresses; null where there is none.</summary>
    public ShellSettings? FindOther(ShellSettings settings)
    {
        var own = Of(settings).ToHashSet(StringComparer.OrdinalIgnoreCase);

        return shellHost.GetAllSettings().FirstOrDefault(other => !string.Equals(other.Name, settings.Name, StringComparison.OrdinalIgnoreCase) && Of(other).Any(own.Contains));
    }

    /// <summary>Each as host and prefix, of which both may be empty.</summary>
    public static IEnumerable<string> Of(ShellSettings settings)
        => settings.RequestUrlHosts.DefaultIfEmpty("").Select(host => $"{host}/{settings.RequestUrlPrefix}");

    /// <summary>Whether one of the tenant's hosts is this one, or its whole domain.</summary>
    public static bool Covers(ShellSettings settings, HostString host)
        => settings.RequestUrlHosts.Intersect(Names(host), StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>By which names tenants may know a host, the most exact one first: with its port, without, and its whole domain.</summary>
    public static IEnumerable<string> Names(HostString host)
        => new[] { host.Value, host.Host, host.Host.Split('.', 2) is [_, { Length: > 0 } domain] ? "*." + domain : null }.OfType<string>();

    /// <summary>Reads host names as they were typed, separated by commas or spaces.</summary>
    /// <param name="text">Names such as <c>crm.example.com</c>, <c>*.example.com</c> and <c>localhost:5001</c>.</param>
    /// <param name="hosts">The names as requests have them, or null.</param>
    /// <param name="wrong">The first that is none.</param>
    public static bool TryReadHosts(string? text, out string? hosts, [NotNullWhen(false)] out string? wrong)
    {
        var names = new List<string>();

        foreach (var name in (text ?? "").Split([.. ShellSettings.HostSeparators, '\r', '\n', '\t', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (ReadHost(name) is not { } host)
            {
                (hosts, wrong) = (null, name);

                return false;
            }

            names.Add(host);
        }

        hosts = names.Count == 0 ? null : string.Join(',', names.Distinct(StringComparer.OrdinalIgnoreCase));
        wrong = null;

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

            return Uri.CheckHostName(ascii) == UriHostNameType.Unknown || ascii.Length > LongestHost ? null : wildcard + ascii + (port is null ? "" : ":" + port);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
