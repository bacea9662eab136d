using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.YesSql.Tests;

/// <summary>The server of all tests on PostgreSQL.</summary>
public sealed class PostgreSql : IAsyncLifetime
{
    public PostgreSqlServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgreSqlServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class PostgreSqlTests : ICollectionFixture<PostgreSql>
{
    public const string Name = "PostgreSQL";
}
