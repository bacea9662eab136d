using Xunit;

namespace Horilla.Platform.YesSql.Tests;

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlQueryTests(PostgreSqlFixture postgreSql) : QueryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreatePostgreSqlAsync(postgreSql.Server);

    /// <summary>PostgreSQL compares text case-sensitively: "apple" isn't "Apple".</summary>
    protected override string ExpectedRows(string predicate, string found) => predicate switch
    {
        "== in other case" or "two columns" or "StartsWith" or "EndsWith" or "IsIn" => "",
        "IsNotIn" => "Apple Banana Cherry Date",
        "IsLike" => "Date",
        _ => found,
    };
}
