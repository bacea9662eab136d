namespace Horilla.Platform.Admin.Settings;

/// <summary>The form of the general settings. The page size is a text, so that what was typed comes back with an error.</summary>
public class GeneralSettings
{
    /// <summary>"Site name".</summary>
    public string? SiteName { get; set; }

    /// <summary>"Time zone": an id of the IANA database; empty for the one of the machine.</summary>
    public string? TimeZone { get; set; }

    /// <summary>"Page size".</summary>
    public string? PageSize { get; set; }

    /// <summary>"Base URL"; empty for the address that the site is looked at.</summary>
    public string? BaseUrl { get; set; }
}
