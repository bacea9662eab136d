namespace Horilla.Platform.Setup;

/// <summary>The options that a tenant is set up with.</summary>
internal sealed class TenantSetupOptions
{
    public string ShellName { get; set; } = "";

    public string SiteName { get; set; } = "";

    public string? SiteTimeZone { get; set; }

    public string AdminUsername { get; set; } = "";

    public string AdminEmail { get; set; } = "";

    public string AdminPassword { get; set; } = "";

    /// <summary>The database provider; empty to keep the database of the tenant's settings.</summary>
    public string DatabaseProvider { get; set; } = "";

    public string? DatabaseConnectionString { get; set; }

    public string? DatabaseTablePrefix { get; set; }

    public string? DatabaseSchema { get; set; }

    public string RecipeName { get; set; } = "";

    /// <summary>Returns the names of the missing options.</summary>
    public IEnumerable<string> Missing()
        => new (string Name, string Value)[]
        {
            (nameof(SiteName), SiteName),
            (nameof(AdminUsername), AdminUsername),
            (nameof(AdminEmail), AdminEmail),
            (nameof(AdminPassword), AdminPassword),
            (nameof(DatabaseProvider), DatabaseProvider),
            (nameof(RecipeName), RecipeName),
        }.Where(setting => string.IsNullOrWhiteSpace(setting.Value)).Select(setting => setting.Name);
}
