using Horilla.Platform.Storage.Connections;
using Horilla.Platform.Storage.Dialects;
using Horilla.Testing;
using YesSql;
using YesSql.Sql;

namespace Horilla.Platform.YesSql.Tests;

/// <summary>A store with its own database and the tables of its indexes.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Configuration> _configure;
    private readonly List<IDisposable> _toDispose = [];

    private TestDatabase(Func<Configuration> configure)
    {
        _configure = configure;
    }

    public IStore Store { get; private set; } = null!;

    public static async Task<TestDatabase> CreateSqliteAsync()
    {
        var folder = new TemporaryFolder();
        var file = folder.PathOf("test.db");
        var database = new TestDatabase(() => new Configuration { ConnectionFactory = new SqliteConnectionFactory(file, pooling: false) });
        await database.CreateAsync();
        database._toDispose.Add(folder);

        return database;
    }

    public static async Task<TestDatabase> CreatePostgreSqlAsync(PostgreSqlServer server)
    {
        var connectionString = await server.CreateDatabaseAsync();
        var database = new TestDatabase(() => new Configuration { ConnectionFactory = new NpgsqlConnectionFactory(connectionString), SqlDialect = new PostgreSqlDialect("somebody's") });
        await database.CreateAsync();

        return database;
    }

    /// <summary>Opens another store on the same database.</summary>
    public async Task<IStore> OpenAsync(string prefix = "")
    {
        var configuration = _configure();
        configuration.TablePrefix = prefix;
        var store = await StoreFactory.CreateAndInitializeAsync(configuration);
        _toDispose.Insert(0, store);

        return store.RegisterIndexes([new FruitIndexProvider()]);
    }

    public async Task MigrateAsync(IStore store)
    {
        await using var session = store.CreateSession();
        var schema = new SchemaBuilder(store.Configuration, await session.BeginTransactionAsync());
        await schema.CreateMapIndexTableAsync<FruitIndex>(table => table
            .Column<string>(nameof(FruitIndex.Name), column => column.NotNull().WithLength(50))
            .Column<string>(nameof(FruitIndex.Label))
            .Column<int>(nameof(FruitIndex.Count))
            .Column<bool>(nameof(FruitIndex.Sweet), column => column.WithDefault(false))
            .Column<int>(nameof(FruitIndex.Ripeness))
            .Column<DateTime>(nameof(FruitIndex.PickedUtc)));
        await schema.CreateMapIndexTableAsync<TagIndex>(table => table.Column<string>(nameof(TagIndex.Tag)));
        await session.SaveChangesAsync();
    }

    public async Task SeedAsync(params Fruit[] fruits)
    {
        await using var session = Store.CreateSession();

        foreach (var fruit in fruits)
        {
            await session.SaveAsync(fruit);
        }

        await session.SaveChangesAsync();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var item in _toDispose)
        {
            item.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task CreateAsync()
    {
        Store = await OpenAsync();
        await MigrateAsync(Store);
    }
}
