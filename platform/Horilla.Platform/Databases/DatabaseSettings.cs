using OrchardCore.Data;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Databases;

/// <summary>What the settings of a tenant say of its database.</summary>
internal static class DatabaseSettings
{
    public const string Provider = "DatabaseProvider";
    public const string ConnectionString = "ConnectionString";
    public const string TablePrefix = "TablePrefix";
    public const string Schema = "Schema";

    /// <summary>The provider; SQLite where none is named.</summary>
    public static string DatabaseProvider(this ShellSettings settings)
        => settings[Provider] is { Length: > 0 } provider ? provider : DatabaseProviderValue.Sqlite;

    /// <summary>What stands before the names of the tables; empty for nothing.</summary>
    public static string PrefixOfTables(this ShellSettings settings) => settings[TablePrefix] is { Length: > 0 } prefix ? prefix + "_" : "";
}
