namespace OrchardCore.Environment.Shell;

/// <summary>Reads and writes what is known of tenants.</summary>
public interface IShellSettingsManager
{
    ShellSettings CreateDefaultSettings();

    Task<IEnumerable<ShellSettings>> LoadSettingsAsync();

    /// <summary>The settings of one tenant as they are stored now; new ones where it is not there.</summary>
    Task<ShellSettings> LoadSettingsAsync(string tenant);

    Task SaveSettingsAsync(ShellSettings settings);

    Task RemoveSettingsAsync(ShellSettings settings);
}
