namespace OrchardCore.Settings;

/// <summary>Reads and changes the settings of the tenant.</summary>
public interface ISiteService
{
    /// <summary>Returns the settings to read. They are those from before the request, even if it has changed them.</summary>
    Task<ISite> GetSiteSettingsAsync();

    /// <summary>Returns the settings to change.</summary>
    Task<ISite> LoadSiteSettingsAsync();

    /// <summary>Saves settings that were loaded and changed, with the request.</summary>
    Task UpdateSiteSettingsAsync(ISite site);
}
