namespace OrchardCore.Settings;

/// <summary>Reads and changes the settings of the tenant.</summary>
public interface ISiteService
{
    /// <summary>The settings to read: those of before the request, even after it has changed them.</summary>
    Task<ISite> GetSiteSettingsAsync();

    /// <summary>The settings to change.</summary>
    Task<ISite> LoadSiteSettingsAsync();

    /// <summary>Saves what was loaded and changed, with the request.</summary>
    Task UpdateSiteSettingsAsync(ISite site);
}
