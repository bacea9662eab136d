using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

internal sealed class RunningShellTable : IRunningShellTable
{
    private ImmutableDictionary<string, ShellSettings> _byAddress = ImmutableDictionary.Create<string, ShellSettings>(StringComparer.OrdinalIgnoreCase);
    private volatile ShellSettings? _default;

    /// <summary>Adds a tenant or changes its addresses. This is a single step, so that no request reaches another tenant in between.</summary>
    public void Add(ShellSettings settings)
    {
        if (settings.IsDefaultShell())
        {
            _default = settings;
        }

        ImmutableInterlocked.Update(ref _byAddress, table => Without(table, settings).SetItems(Addresses(settings).Select(address => KeyValuePair.Create(address, settings))));
    }

    public void Remove(ShellSettings settings)
    {
        if (settings.IsDefaultShell())
        {
            _default = null;
        }

        ImmutableInterlocked.Update(ref _byAddress, table => Without(table, settings));
    }

    /// <summary>Returns the tenant with the most specific address: host and prefix, host, prefix, then the default tenant. A host name comes before its whole domain.</summary>
    public ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true)
    {
        var table = _byAddress;
        var prefix = path.Value?.Split('/', 3) is [_, var first, ..] ? first : "";

        var hosts = TenantAddresses.GetHostPatterns(host).ToArray();

        foreach (var address in hosts.Select(name => Address(name, prefix)).Concat(hosts.Select(name => Address(name, ""))).Append(Address("", prefix)))
        {
            if (table.TryGetValue(address, out var settings))
            {
                return settings;
            }
        }

        return fallbackToDefault ? _default : null;
    }

    private static ImmutableDictionary<string, ShellSettings> Without(ImmutableDictionary<string, ShellSettings> table, ShellSettings settings)
        => table.RemoveRange(table.Where(entry => entry.Value.Name == settings.Name).Select(entry => entry.Key));

    private static IEnumerable<string> Addresses(ShellSettings settings)
        => TenantAddresses.GetAddresses(settings).Where(address => address != Address("", ""));

    private static string Address(string? host, string prefix) => $"{host}/{prefix}";
}
