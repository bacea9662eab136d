using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Reads and changes the stored documents of a host directly, for example to simulate expiry or manipulation.</summary>
/// <param name="connect">Creates a connection to the database of the host.</param>
public sealed class StoredDocuments(Func<DbConnection> connect)
{
    /// <summary>Changes a value in the only document of a type for a configuration.</summary>
    public async Task ChangeAsync(string type, string configurationId, string path, string value)
    {
        var (id, content) = (await FindAsync(type, configurationId)).Single();
        var steps = path.Split('.');
        var node = steps[..^1].Aggregate((JsonNode)content, (parent, step) => parent[step]!);
        node[steps[^1]] = value;
        await using var connection = connect();
        await connection.ExecuteAsync("UPDATE \"Document\" SET \"Content\" = @content WHERE \"Id\" = @id", new { id, content = content.ToJsonString() });
    }

    /// <summary>Returns a value in the document of a type for a configuration, or an empty string if there is none.</summary>
    public async Task<string> ReadAsync(string type, string configurationId, string path)
    {
        var documents = await FindAsync(type, configurationId);

        return documents.Length == 0 ? "" : path.Split('.').Aggregate((JsonNode?)documents[0].Content, (parent, step) => parent?[step])?.ToString() ?? "";
    }

    /// <summary>Returns the number of documents of a type for a configuration.</summary>
    public async Task<int> CountAsync(string type, string configurationId) => (await FindAsync(type, configurationId)).Length;

    /// <summary>Returns the content of all documents as text.</summary>
    public async Task<string> DumpAsync()
    {
        await using var connection = connect();

        return string.Join('\n', await connection.QueryAsync<string>("SELECT \"Content\" FROM \"Document\""));
    }

    /// <summary>Returns the number of rows of a table with a value.</summary>
    public async Task<int> CountRowsAsync(string table, string column, string value)
    {
        await using var connection = connect();

        return await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM \"{table}\" WHERE \"{column}\" = @value", new { value });
    }

    /// <summary>Returns the stored content of a message in the outbox.</summary>
    public async Task<byte[]> ReadContentAsync(string mailId)
    {
        await using var connection = connect();

        return [.. (await connection.QueryAsync<byte[]>("SELECT \"Data\" FROM \"OutgoingMailOutboxContent\" WHERE \"MailId\" = @mailId ORDER BY \"Number\"", new { mailId })).SelectMany(data => data)];
    }

    /// <summary>Damages the stored content of a message in the outbox.</summary>
    public async Task DamageContentAsync(string mailId)
    {
        var data = await ReadContentAsync(mailId);
        data[^1] ^= 1;
        await using var connection = connect();
        await connection.ExecuteAsync("UPDATE \"OutgoingMailOutboxContent\" SET \"Data\" = @data WHERE \"MailId\" = @mailId", new { mailId, data });
    }

    /// <summary>Makes the database reject rows, as a full disk does, until the result is disposed of.</summary>
    /// <param name="table">The table.</param>
    /// <param name="condition">Which rows, with names of columns in double quotes.</param>
    public async Task<IAsyncDisposable> FailInsertsAsync(string table, string condition)
    {
        await using var connection = connect();
        var isSqlite = connection is Microsoft.Data.Sqlite.SqliteConnection;
        var rows = condition.Replace("\"Number\"", "NEW.\"Number\"", StringComparison.Ordinal);
        await connection.ExecuteAsync(isSqlite
            ? $"CREATE TRIGGER full_disk BEFORE INSERT ON \"{table}\" WHEN {rows} BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
            : $"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$; CREATE TRIGGER full_disk BEFORE INSERT ON \"{table}\" FOR EACH ROW WHEN ({rows}) EXECUTE FUNCTION full_disk()");

        return new Restore(connect, isSqlite ? "DROP TRIGGER full_disk" : $"DROP TRIGGER full_disk ON \"{table}\"; DROP FUNCTION full_disk()");
    }

    private sealed class Restore(Func<DbConnection> connect, string sql) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var connection = connect();
            await connection.ExecuteAsync(sql);
        }
    }

    private async Task<(long Id, JsonObject Content)[]> FindAsync(string type, string configurationId)
    {
        await using var connection = connect();
        var rows = await connection.QueryAsync<(long Id, string Content)>("SELECT \"Id\", \"Content\" FROM \"Document\" WHERE \"Type\" LIKE @type", new { type = $"%.{type},%" });

        return [.. rows.Select(row => (row.Id, Content: JsonNode.Parse(row.Content)!.AsObject())).Where(row => (string?)row.Content["ConfigurationId"] == configurationId)];
    }
}
