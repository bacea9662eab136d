namespace Horilla.Platform.YesSql.Tests;

public sealed class SqliteQueryTests : QueryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateSqliteAsync();
}
