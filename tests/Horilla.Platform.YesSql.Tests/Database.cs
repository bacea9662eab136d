using Horilla.Platform.Storage.Connections;
using Horilla.Testing;
using YesSql;
using YesSql.Sql;

namespace Horilla.Platform.YesSql.Tests;

/// <summary>A store on a SQLite file of its own, with the tables of its indexes.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IStore Store { get; private set; } = null!;

    public string File => _folder.File("test.db");

    public static async Task<Database> CreateAsync(string prefix = "")
    {
        var database = new Database();
        database.Store = await database.OpenAsync(prefix);
        await database.MigrateAsync(database.Store);

        return database;
    }

    /// <summary>Another store on the same file.</summary>
    public async Task<IStore> OpenAsync(string prefix = "")
    {
        var store = await StoreFactory.CreateAndInitializeAsync(new Configuration
        {
            ConnectionFactory = new SqliteConnectionFactory(File, pooling: false),
            TablePrefix = prefix,
        });

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
        Store.Dispose();
        _folder.Dispose();

        return ValueTask.CompletedTask;
    }
}
