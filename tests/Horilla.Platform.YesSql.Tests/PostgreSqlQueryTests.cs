using Xunit;

namespace Horilla.Platform.YesSql.Tests;

[Collection(PostgreSqlTests.Name)]
public sealed class PostgreSqlQueryTests(PostgreSql postgreSql) : QueryTests
{
    protected override Task<Database> CreateDatabaseAsync() => Database.CreatePostgreSqlAsync(postgreSql.Server);

    /// <summary>Here "apple" is not "Apple".</summary>
    protected override string Found(string predicate, string found) => predicate switch
    {
        "== in other case" or "two columns" or "StartsWith" or "EndsWith" or "IsIn" => "",
        "IsNotIn" => "Apple Banana Cherry Date",
        "IsLike" => "Date",
        _ => found,
    };
}
