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
/// PostgreSQL: tables with the tenant's prefix in a schema that it may share with others. Each table carries the tenant's
/// id as its comment: what is removed is the tenant's own beyond doubt.
/// </summary>
internal sealed class PostgresTenantDatabase(ConnectionStrings connectionStrings, IClock clock, ILogger<PostgresTenantDatabase> logger) : TenantDatabase
{
    private const int LongestPrefix = 20;
    private const int LongestSchema = 63;

    public override string Provider => DatabaseProviderValue.Postgres;

    public override IConfiguration Configure(ShellSettings settings) => new Configuration
    {
        ConnectionFactory = new NpgsqlConnectionFactory(connectionStrings.Read(settings), settings[DatabaseSettings.Schema]),
        SqlDialect = new PostgreSqlDialect(Owner(settings)),
        TablePrefix = settings.PrefixOfTables(),
    };

    public override string? Claim(ShellSettings settings)
    {
        var options = new NpgsqlConnectionStringBuilder(connectionStrings.Read(settings));
        var schema = settings[DatabaseSettings.Schema] is { Length: > 0 } named ? named : "public";

        return $"{options.Host?.ToLowerInvariant()}:{options.Port.ToString(CultureInfo.InvariantCulture)}/{options.Database}/{schema}/{settings.PrefixOfTables()}";
    }

    public override IEnumerable<(string Key, string Problem)> Check(ShellSettings settings)
    {
        if (CheckConnectionString(connectionStrings.Read(settings)) is { } problem)
        {
            yield return (DatabaseSettings.ConnectionString, problem);
        }

        if (settings[DatabaseSettings.TablePrefix] is { Length: > 0 } prefix && !IsName(prefix, LongestPrefix))
        {
            yield return (DatabaseSettings.TablePrefix, $"The table prefix has up to {LongestPrefix} letters, digits and underscores, and begins with a letter.");
        }

        if (settings[DatabaseSettings.Schema] is { Length: > 0 } schema && (!IsName(schema, LongestSchema) || schema.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)))
        {
            yield return (DatabaseSettings.Schema, $"The schema has up to {LongestSchema} letters, digits and underscores, and begins with a letter; PostgreSQL keeps names with pg_ to itself.");
        }
    }

    public override async Task PrepareAsync(ShellSettings settings, bool brokenOff)
    {
        await using var connection = await OpenAsync(settings);
        await using var transaction = await connection.BeginTransactionAsync();
        await new PostgreSqlDialect().LockSchemaAsync(transaction, CancellationToken.None);

        if (settings[DatabaseSettings.Schema] is { Length: > 0 } schema && !await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = @schema)", new { schema }, transaction))
        {
            await CreateSchemaAsync(settings, schema, connection, transaction);
        }

        // Whether that was noted or not: tables of a tenant that is still to be set up are what a set-up has left.
        await SetAsideAsync(settings, connection, transaction);

        // The first tables are created here, in the transaction that has looked for them: who comes a moment later finds them.
        using var store = new Store(Configure(settings));

        if (await store.HasTablesAsync(transaction))
        {
            throw new TenantSetupException(
                $"The database '{connection.Database}' has a site with this table prefix already: the table '{DocumentTable(settings)}' is there. Choose another table prefix, schema or database.",
                DatabaseSettings.TablePrefix);
        }

        await store.CreateTablesAsync(transaction);
        await transaction.CommitAsync();
    }

    public override async Task RemoveAsync(ShellSettings settings)
    {
        await using var connection = await OpenAsync(settings);
        await using var transaction = await connection.BeginTransactionAsync();
        var owned = await OwnedAsync(settings, connection, transaction);

        if (owned.Length == 0 && await connection.ExecuteScalarAsync<int>(new PostgreSqlDialect().CountTables, new { name = DocumentTable(settings) }, transaction) > 0)
        {
            throw new InvalidOperationException($"The table '{DocumentTable(settings)}' is there, but does not say that it is this tenant's, as after a restore without comments. Remove its tables by hand, and then the tenant.");
        }

        foreach (var kind in owned.GroupBy(entry => entry.Kind))
        {
            await connection.ExecuteAsync($"DROP {kind.Key} {string.Join(", ", kind.Select(entry => entry.Name))}", transaction: transaction);
        }

        // Schemas go with the tenant that they were created for, unless somebody else has come to use them.
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
            // A query that was given up is no trouble of the database.
            PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,

            // Connections (08), sign-in (28), a database that is gone (3D), resources (53), an operator (57), the system (58).
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
            return "Enter the connection string, such as Host=db.example.com;Database=crm;Username=crm;Password=...";
        }

        try
        {
            var options = new NpgsqlConnectionStringBuilder(text);

            if (Forbidden(options) is { } forbidden)
            {
                return $"The connection string may not set {forbidden}.";
            }

            return new[] { options.Host, options.Database, options.Username, options.Password }.Any(string.IsNullOrEmpty)
                ? "The connection string names at least Host, Database, Username and Password."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return "This is no connection string for PostgreSQL. It looks like Host=db.example.com;Database=crm;Username=crm;Password=...";
        }
    }

    /// <summary>What would read files of this machine, reach around the schema, or is not for documents.</summary>
    private static string? Forbidden(NpgsqlConnectionStringBuilder options) => options switch
    {
        { Options.Length: > 0 } => "Options",
        { SearchPath.Length: > 0 } => "Search Path; the field Schema is for that",
        { Passfile.Length: > 0 } => "Passfile",
        { RootCertificate.Length: > 0 } => "Root Certificate",
        { SslCertificate.Length: > 0 } or { SslKey.Length: > 0 } or { SslPassword.Length: > 0 } => "certificates and keys of the client",
        { Multiplexing: true } => "Multiplexing",
        { Host: { Length: > 0 } host } when host.StartsWith('/') || host.StartsWith('@') || host.Contains(',', StringComparison.Ordinal) => "Host to a socket or to several hosts",
        _ => null,
    };

    private async Task<NpgsqlConnection> OpenAsync(ShellSettings settings)
    {
        var options = NpgsqlConnectionFactory.Options(connectionStrings.Read(settings), settings[DatabaseSettings.Schema]);
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

            throw new TenantSetupException($"PostgreSQL cannot be opened: {Reason(e)}. Check the connection string, and whether the database runs and can be reached from here.", DatabaseSettings.ConnectionString, e);
        }
    }

    /// <summary>What the database itself says, or else the network.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.MessageText,
        { InnerException: SocketException socket } => $"{exception.Message} ({socket.Message})",
        { InnerException: { } inner } => $"{exception.Message} ({inner.Message})",
        _ => exception.Message,
    };

    /// <summary>The tenant's own tables and sequences, wherever they are, quoted.</summary>
    private static async Task<(string Kind, string Name)[]> OwnedAsync(ShellSettings settings, NpgsqlConnection connection, NpgsqlTransaction transaction)
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

    /// <summary>What a set-up that was broken off has left is kept in a schema of its own: nobody knows how far it came. It goes with the tenant.</summary>
    private async Task SetAsideAsync(ShellSettings settings, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var owned = await OwnedAsync(settings, connection, transaction);

        if (owned.Length > 0)
        {
            var aside = $"aside_{settings.Name}_{clock.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}".ToLowerInvariant();
            await CreateSchemaAsync(settings, aside, connection, transaction);

            foreach (var (kind, name) in owned)
            {
                await connection.ExecuteAsync($"ALTER {kind} {name} SET SCHEMA {Quote(aside)}", transaction: transaction);
            }

            logger.LogWarning("A set-up of the tenant '{Tenant}' was broken off. What it has left was moved to the schema '{Schema}'.", settings.Name, aside);
        }
    }

    private static string DocumentTable(ShellSettings settings) => settings.PrefixOfTables() + new Configuration().TableNameConvention.GetDocumentTable();
}
