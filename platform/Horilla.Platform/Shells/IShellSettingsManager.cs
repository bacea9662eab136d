namespace OrchardCore.Environment.Shell;

/// <summary>Reads and writes the settings of tenants.</summary>
public interface IShellSettingsManager
{
    ShellSettings CreateDefaultSettings();

    Task<IEnumerable<ShellSettings>> LoadSettingsAsync();

    /// <summary>Returns the settings of one tenant as they are stored now, or new ones if it doesn't exist.</summary>
    Task<ShellSettings> LoadSettingsAsync(string tenant);

    Task SaveSettingsAsync(ShellSettings settings);

    Task RemoveSettingsAsync(ShellSettings settings);
}
