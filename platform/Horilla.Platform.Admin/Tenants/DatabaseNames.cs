using OrchardCore.Data;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>How databases are called.</summary>
internal static class DatabaseNames
{
    /// <summary>The name of a provider by its technical one; SQLite where none is named.</summary>
    public static string Of(string? provider) => provider switch
    {
        null or "" or DatabaseProviderValue.Sqlite => "SQLite",
        DatabaseProviderValue.Postgres => "PostgreSQL",
        _ => provider,
    };
}
