using OrchardCore.Data;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>The display names of databases.</summary>
internal static class DatabaseDisplayNames
{
    /// <summary>Returns the display name of a provider by its technical name. The default is SQLite.</summary>
    public static string For(string? provider) => provider switch
    {
        null or "" or DatabaseProviderValue.Sqlite => "SQLite",
        DatabaseProviderValue.Postgres => "PostgreSQL",
        _ => provider,
    };
}
