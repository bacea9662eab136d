using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell.Configuration;
using OrchardCore.Environment.Shell.Models;

namespace OrchardCore.Environment.Shell;

/// <summary>The settings of a tenant that are known before its shell is built: state, addresses, database.</summary>
public class ShellSettings
{
    public const string DefaultShellName = "Default";

    public static readonly char[] HostSeparators = [',', ' '];

    private readonly ConcurrentDictionary<string, string?> _values;

    public ShellSettings()
        : this("", Horilla.Platform.Shells.ShellConfiguration.Create(new ConfigurationBuilder().Build(), ""))
    {
    }

    /// <summary>Creates a copy to change, so that nobody sees incomplete changes.</summary>
    public ShellSettings(ShellSettings settings)
        : this(settings.Name, settings.ShellConfiguration)
    {
        _values = new(settings._values, StringComparer.OrdinalIgnoreCase);
        StoredVersionId = settings.StoredVersionId;
    }

    internal ShellSettings(string name, IShellConfiguration configuration)
    {
        Name = name;
        ShellConfiguration = configuration;
        _values = new(StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; set; }

    public IShellConfiguration ShellConfiguration { get; }

    public TenantState State
    {
        get => Enum.TryParse<TenantState>(this[nameof(State)], ignoreCase: true, out var state) ? state : TenantState.Uninitialized;
        set => this[nameof(State)] = value.ToString();
    }

    public string? RequestUrlHost
    {
        get => this[nameof(RequestUrlHost)];
        set => this[nameof(RequestUrlHost)] = value;
    }

    public string[] RequestUrlHosts => RequestUrlHost?.Split(HostSeparators, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The first segment of the tenant's paths, or empty.</summary>
    public string RequestUrlPrefix
    {
        get => this[nameof(RequestUrlPrefix)]?.Trim(' ', '/') ?? "";
        set => this[nameof(RequestUrlPrefix)] = value;
    }

    public string? TenantId => this[nameof(TenantId)];

    public string? VersionId
    {
        get => this[nameof(VersionId)];
        set => this[nameof(VersionId)] = value;
    }

    internal IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>The version that these settings were read from or saved as, or null if they never were.</summary>
    internal string? StoredVersionId { get; set; }

    /// <summary>The stored value, otherwise the configured one, otherwise null.</summary>
    public string? this[string key]
    {
        get => _values.TryGetValue(key, out var value) ? value : ShellConfiguration[key];
        set => _values[key] = value;
    }
}
