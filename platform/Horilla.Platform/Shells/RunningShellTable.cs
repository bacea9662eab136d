using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

internal sealed class RunningShellTable : IRunningShellTable
{
    private ImmutableDictionary<string, ShellSettings> _byAddress = ImmutableDictionary.Create<string, ShellSettings>(StringComparer.OrdinalIgnoreCase);
    private ShellSettings? _default;

    public void Add(ShellSettings settings)
    {
        Remove(settings);

        if (settings.IsDefaultShell())
        {
            _default = settings;
        }

        foreach (var address in Addresses(settings))
        {
            ImmutableInterlocked.AddOrUpdate(ref _byAddress, address, settings, (_, _) => settings);
        }
    }

    public void Remove(ShellSettings settings)
    {
        if (settings.IsDefaultShell())
        {
            _default = null;
        }

        ImmutableInterlocked.Update(ref _byAddress, table => table.RemoveRange(table.Where(entry => entry.Value.Name == settings.Name).Select(entry => entry.Key)));
    }

    /// <summary>The most exact address wins: host and prefix, host, prefix, and then the default tenant.</summary>
    public ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true)
    {
        var table = _byAddress;
        var prefix = path.Value?.Split('/', 3) is [_, var first, ..] ? first : "";

        foreach (var address in new[] { Address(host.Value, prefix), Address(host.Host, prefix), Address(host.Value, ""), Address(host.Host, ""), Address("", prefix) })
        {
            if (table.TryGetValue(address, out var settings))
            {
                return settings;
            }
        }

        return fallbackToDefault ? _default : null;
    }

    private static IEnumerable<string> Addresses(ShellSettings settings)
    {
        var prefix = settings.RequestUrlPrefix;
        var hosts = settings.RequestUrlHosts.DefaultIfEmpty("");

        return settings.IsDefaultShell() && settings.RequestUrlHosts.Length == 0 && prefix.Length == 0 ? [] : hosts.Select(host => Address(host, prefix));
    }

    private static string Address(string? host, string prefix) => $"{host}/{prefix}";
}
