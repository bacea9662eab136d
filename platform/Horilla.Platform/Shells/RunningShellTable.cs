using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

internal sealed class RunningShellTable : IRunningShellTable
{
    private ImmutableDictionary<string, ShellSettings> _byAddress = ImmutableDictionary.Create<string, ShellSettings>(StringComparer.OrdinalIgnoreCase);
    private volatile ShellSettings? _default;

    /// <summary>Adds a tenant or changes its addresses, in one step: in between it would have none, and another tenant would answer.</summary>
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

    /// <summary>The most exact address wins: host and prefix, host, those of a whole domain, prefix, and then the default tenant.</summary>
    public ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true)
    {
        var table = _byAddress;
        var prefix = path.Value?.Split('/', 3) is [_, var first, ..] ? first : "";

        var hosts = TenantAddresses.Names(host).ToArray();

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
        => TenantAddresses.Of(settings).Where(address => address != Address("", ""));

    private static string Address(string? host, string prefix) => $"{host}/{prefix}";
}
