namespace Horilla.Platform.Admin.Settings;

/// <summary>The form of the general settings. The page size is a string so that invalid input is shown again with its error.</summary>
public class GeneralSettingsForm
{
    /// <summary>"Site name".</summary>
    public string? SiteName { get; set; }

    /// <summary>"Time zone": an IANA time zone ID; empty for the server's time zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>"Page size".</summary>
    public string? PageSize { get; set; }

    /// <summary>"Base URL"; empty to use the address of the request.</summary>
    public string? BaseUrl { get; set; }
}
