using OrchardCore.Data;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Databases;

/// <summary>The database settings of a tenant.</summary>
internal static class DatabaseSettings
{
    public const string Provider = "DatabaseProvider";
    public const string ConnectionString = "ConnectionString";
    public const string TablePrefix = "TablePrefix";
    public const string Schema = "Schema";

    /// <summary>Returns the provider, or SQLite if none is set.</summary>
    public static string GetDatabaseProvider(this ShellSettings settings)
        => settings[Provider] is { Length: > 0 } provider ? provider : DatabaseProviderValue.Sqlite;

    /// <summary>Returns the prefix of the table names, or an empty string if there is none.</summary>
    public static string GetTablePrefix(this ShellSettings settings) => settings[TablePrefix] is { Length: > 0 } prefix ? prefix + "_" : "";
}
