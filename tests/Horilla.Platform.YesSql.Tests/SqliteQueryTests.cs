namespace Horilla.Platform.YesSql.Tests;

public sealed class SqliteQueryTests : QueryTests
{
    protected override Task<Database> CreateDatabaseAsync() => Database.CreateSqliteAsync();
}
