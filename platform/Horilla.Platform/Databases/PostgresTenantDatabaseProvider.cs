using System.Globalization;
using System.Net.Sockets;
using Dapper;
using Horilla.Platform.Setup;
using Horilla.Platform.Storage.Connections;
using Horilla.Platform.Storage.Dialects;
using Horilla.Platform.Storage.Documents;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrchardCore.Data;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>
/// PostgreSQL: tables with the tenant's prefix, in a schema that it may share with others. Each table carries the tenant's
/// id as its comment, so that only the tenant's own tables are ever removed.
/// </summary>
internal sealed class PostgresTenantDatabaseProvider(ConnectionStringProtector connectionStrings, IClock clock, ILogger<PostgresTenantDatabaseProvider> logger) : TenantDatabaseProvider
{
    private const int MaxTablePrefixLength = 20;
    private const int MaxSchemaLength = 63;

    public override string Provider => DatabaseProviderValue.Postgres;

    public override IConfiguration Configure(ShellSettings settings) => new Configuration
    {
        ConnectionFactory = new NpgsqlConnectionFactory(connectionStrings.Unprotect(settings), settings[DatabaseSettings.Schema]),
        SqlDialect = new PostgreSqlDialect(Owner(settings)),
        TablePrefix = settings.GetTablePrefix(),
    };

    public override string? GetExclusiveKey(ShellSettings settings)
    {
        var options = new NpgsqlConnectionStringBuilder(connectionStrings.Unprotect(settings));
        var schema = settings[DatabaseSettings.Schema] is { Length: > 0 } named ? named : "public";

        return $"{options.Host?.ToLowerInvariant()}:{options.Port.ToString(CultureInfo.InvariantCulture)}/{options.Database}/{schema}/{settings.GetTablePrefix()}";
    }

    public override IEnumerable<(string Key, string Problem)> Validate(ShellSettings settings)
    {
        if (CheckConnectionString(connectionStrings.Unprotect(settings)) is { } problem)
        {
            yield return (DatabaseSettings.ConnectionString, problem);
        }

        if (settings[DatabaseSettings.TablePrefix] is { Length: > 0 } prefix && !IsName(prefix, MaxTablePrefixLength))
        {
            yield return (DatabaseSettings.TablePrefix, $"The table prefix must start with a letter and can have up to {MaxTablePrefixLength} letters, digits and underscores.");
        }

        if (settings[DatabaseSettings.Schema] is { Length: > 0 } schema && (!IsName(schema, MaxSchemaLength) || schema.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)))
        {
            yield return (DatabaseSettings.Schema, $"The schema name must start with a letter and can have up to {MaxSchemaLength} letters, digits and underscores. PostgreSQL reserves names that start with pg_.");
        }
    }

    public override async Task PrepareAsync(ShellSettings settings, bool wasInterrupted)
    {
        await using var connection = await OpenAsync(settings);
        await using var transaction = await connection.BeginTransactionAsync();
        await new PostgreSqlDialect().LockSchemaAsync(transaction, CancellationToken.None);

        if (settings[DatabaseSettings.Schema] is { Length: > 0 } schema && !await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = @schema)", new { schema }, transaction))
        {
            await CreateSchemaAsync(settings, schema, connection, transaction);
        }

        // Tables of a tenant that isn't set up yet are left over from an earlier setup, even if it wasn't recorded as interrupted.
        await MoveRemainsAsync(settings, connection, transaction);

        // The first tables are created in the transaction that looked for them, so that a concurrent setup finds them.
        using var store = new Store(Configure(settings));

        if (await store.HasTablesAsync(transaction))
        {
            throw new TenantSetupException(
                $"The database '{connection.Database}' already has a site with this table prefix: the table '{DocumentTable(settings)}' exists. Choose another table prefix, schema or database.",
                DatabaseSettings.TablePrefix);
        }

        await store.CreateTablesAsync(transaction);
        await transaction.CommitAsync();
    }

    public override async Task RemoveAsync(ShellSettings settings)
    {
        await using var connection = await OpenAsync(settings);
        await using var transaction = await connection.BeginTransactionAsync();
        var owned = await GetOwnedObjectsAsync(settings, connection, transaction);

        if (owned.Length == 0 && await connection.ExecuteScalarAsync<int>(new PostgreSqlDialect().CountTablesSql, new { name = DocumentTable(settings) }, transaction) > 0)
        {
            throw new InvalidOperationException($"The table '{DocumentTable(settings)}' exists, but it isn't marked as this tenant's. This can happen after a restore without comments. Remove the tables manually, then remove the tenant.");
        }

        foreach (var kind in owned.GroupBy(entry => entry.Kind))
        {
            await connection.ExecuteAsync($"DROP {kind.Key} {string.Join(", ", kind.Select(entry => entry.Name))}", transaction: transaction);
        }

        // Schemas are dropped with the tenant that they were created for, unless they contain anything else by now.
        foreach (var schema in await connection.QueryAsync<string>(
            """
            SELECT quote_ident(n.nspname) FROM pg_namespace n WHERE obj_description(n.oid, 'pg_namespace') = @owner
                AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
            """,
            new { owner = Owner(settings) },
            transaction))
        {
            await connection.ExecuteAsync($"DROP SCHEMA {schema}", transaction: transaction);
        }

        await transaction.CommitAsync();
    }

    public override bool IsUnavailable(Exception exception)
        => exception switch
        {
            // A canceled query doesn't mean that the database is unavailable.
            PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,

            // SQLSTATE classes: connection (08), authorization (28), missing database (3D), resources (53), operator intervention (57), system error (58).
            PostgresException { SqlState: var state } => state.Length > 2 && state[..2] is "08" or "28" or "3D" or "53" or "57" or "58",
            NpgsqlException => true,
            { InnerException: { } inner } => IsUnavailable(inner),
            _ => false,
        };

    private static string Owner(ShellSettings settings) => $"tenant {settings.TenantId}";

    private static string Quote(string name) => new PostgreSqlDialect().QuoteForTableName(name, null);

    private static bool IsName(string text, int longest) => text.Length <= longest && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string? CheckConnectionString(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "Enter the connection string, for example Host=db.example.com;Database=crm;Username=crm;Password=...";
        }

        try
        {
            var options = new NpgsqlConnectionStringBuilder(text);

            if (FindForbiddenOption(options) is { } forbidden)
            {
                return $"The connection string can't set {forbidden}.";
            }

            return new[] { options.Host, options.Database, options.Username, options.Password }.Any(string.IsNullOrEmpty)
                ? "The connection string must have at least Host, Database, Username and Password."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return "This isn't a valid PostgreSQL connection string. Use the format Host=db.example.com;Database=crm;Username=crm;Password=...";
        }
    }

    /// <summary>Returns the first option that would read local files, bypass the schema, or doesn't suit a document store, or null if there is none.</summary>
    private static string? FindForbiddenOption(NpgsqlConnectionStringBuilder options) => options switch
    {
        { Options.Length: > 0 } => "Options",
        { SearchPath.Length: > 0 } => "Search Path. Use the Schema field instead",
        { Passfile.Length: > 0 } => "Passfile",
        { RootCertificate.Length: > 0 } => "Root Certificate",
        { SslCertificate.Length: > 0 } or { SslKey.Length: > 0 } or { SslPassword.Length: > 0 } => "client certificates or keys",
        { Multiplexing: true } => "Multiplexing",
        { Host: { Length: > 0 } host } when host.StartsWith('/') || host.StartsWith('@') || host.Contains(',', StringComparison.Ordinal) => "Host to a socket or several hosts",
        _ => null,
    };

    private async Task<NpgsqlConnection> OpenAsync(ShellSettings settings)
    {
        var options = NpgsqlConnectionFactory.CreateConnectionStringBuilder(connectionStrings.Unprotect(settings), settings[DatabaseSettings.Schema]);
        options.Pooling = false;
        var connection = new NpgsqlConnection(options.ConnectionString);

        try
        {
            await connection.OpenAsync();

            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync();

            throw new TenantSetupException($"Can't connect to PostgreSQL: {GetErrorMessage(e)}. Check the connection string, and that the database is running and can be reached from this server.", DatabaseSettings.ConnectionString, e);
        }
    }

    /// <summary>Returns the error message of the database, or otherwise of the network.</summary>
    public static string GetErrorMessage(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.MessageText,
        { InnerException: SocketException socket } => $"{exception.Message} ({socket.Message})",
        { InnerException: { } inner } => $"{exception.Message} ({inner.Message})",
        _ => exception.Message,
    };

    /// <summary>Returns the quoted names of the tenant's own tables and sequences, in any schema.</summary>
    private static async Task<(string Kind, string Name)[]> GetOwnedObjectsAsync(ShellSettings settings, NpgsqlConnection connection, NpgsqlTransaction transaction)
        => [.. await connection.QueryAsync<(string Kind, string Name)>(
            """
            SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'S') AND obj_description(c.oid, 'pg_class') = @owner
            """,
            new { owner = Owner(settings) },
            transaction)];

    private static Task CreateSchemaAsync(ShellSettings settings, string schema, NpgsqlConnection connection, NpgsqlTransaction transaction)
        => connection.ExecuteAsync($"CREATE SCHEMA {Quote(schema)}; COMMENT ON SCHEMA {Quote(schema)} IS '{Owner(settings)}'", transaction: transaction);

    /// <summary>Moves the remains of an interrupted setup to a separate schema, because nobody knows how far the setup got. The schema is removed with the tenant.</summary>
    private async Task MoveRemainsAsync(ShellSettings settings, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var owned = await GetOwnedObjectsAsync(settings, connection, transaction);

        if (owned.Length > 0)
        {
            var aside = $"aside_{settings.Name}_{clock.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}".ToLowerInvariant();
            await CreateSchemaAsync(settings, aside, connection, transaction);

            foreach (var (kind, name) in owned)
            {
                await connection.ExecuteAsync($"ALTER {kind} {name} SET SCHEMA {Quote(aside)}", transaction: transaction);
            }

            logger.LogWarning("An earlier setup of the tenant '{Tenant}' was interrupted. The tables that it left were moved to the schema '{Schema}'.", settings.Name, aside);
        }
    }

    private static string DocumentTable(ShellSettings settings) => settings.GetTablePrefix() + new Configuration().TableNameConvention.GetDocumentTable();
}
