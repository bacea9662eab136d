using Xunit;

namespace Horilla.Platform.YesSql.Tests;

public sealed class SqliteSessionTests : SessionTests
{
    [Fact]
    public async Task The_database_is_in_wal_mode()
    {
        await using var session = Store.CreateSession();
        await using var command = (await session.CreateConnectionAsync()).CreateCommand();
        command.CommandText = "PRAGMA journal_mode";

        Assert.Equal("wal", await command.ExecuteScalarAsync());
    }

    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateSqliteAsync();
}
