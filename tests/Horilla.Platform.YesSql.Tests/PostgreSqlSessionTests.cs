using Horilla.Platform.Storage.Dialects;
using Xunit;
using YesSql;
using YesSql.Sql;

namespace Horilla.Platform.YesSql.Tests;

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlSessionTests(PostgreSqlFixture postgreSql) : SessionTests
{
    [Fact]
    public async Task Each_table_has_a_comment_that_names_its_owner()
    {
        await using var session = Store.CreateSession();
        var connection = await session.CreateConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind IN ('r', 'S') AND obj_description(oid, 'pg_class') = 'somebody''s'";

        Assert.Equal("Document FruitIndex Identifiers TagIndex", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Every_column_type_can_be_created()
    {
        await using var session = Store.CreateSession();
        var schema = new SchemaBuilder(Store.Configuration, await session.BeginTransactionAsync());
        await schema.CreateTableAsync("All", table => table
            .Column<byte>("Byte", column => column.WithDefault((byte)1))
            .Column<short>("Short")
            .Column<long>("Long")
            .Column<ulong>("Unsigned")
            .Column<float>("Float")
            .Column<double>("Double")
            .Column<decimal>("Decimal")
            .Column<Guid?>("Guid")
            .Column<byte[]>("Bytes")
            .Column<TimeSpan>("Span")
            .Column<DateTimeOffset?>("Offset")
            .Column<bool>("Truth", column => column.WithDefault(true))
            .Column<string>("Text", column => column.Unlimited()));
        await schema.DropTableAsync("All");
        await Assert.ThrowsAsync<NotSupportedException>(() => schema.CreateTableAsync("None", table => table.Column<Uri>("Uri")));
        await session.SaveChangesAsync();
    }

    [Fact]
    public void A_name_that_the_database_would_truncate_gets_a_hash()
    {
        ISqlDialect dialect = new PostgreSqlDialect();
        var one = dialect.QuoteForAliasName("IDX_" + new string('a', 80) + "1");
        var two = dialect.QuoteForAliasName("IDX_" + new string('a', 80) + "2");

        Assert.Equal(63 + 2, one.Length);
        Assert.NotEqual(one, two);
        Assert.Equal("\"IDX_short\"", dialect.QuoteForAliasName("IDX_short"));
    }

    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreatePostgreSqlAsync(postgreSql.Server);
}
