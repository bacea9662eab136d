using Xunit;
using YesSql;
using YesSql.Sql;

namespace Horilla.Platform.YesSql.Tests;

/// <summary>Sessions, which behave the same on each database.</summary>
public abstract class SessionTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Nothing_is_stored_before_the_changes_are_saved()
    {
        await using var session = _database.Store.CreateSession();
        await session.SaveAsync(new Fruit { Name = "Apple" });
        await session.FlushAsync();

        Assert.Equal(0, await CountAsync());
        await session.SaveChangesAsync();
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Disposing_a_session_discards_its_unsaved_changes()
    {
        await using (var session = _database.Store.CreateSession())
        {
            await session.SaveAsync(new Fruit { Name = "Apple" });
            await session.FlushAsync();
        }

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_cancelled_session_discards_changes_before_and_after_the_cancellation()
    {
        await using var session = _database.Store.CreateSession();
        await session.SaveAsync(new Fruit { Name = "Before" });
        await session.FlushAsync();
        await session.CancelAsync();
        await session.SaveAsync(new Fruit { Name = "After" });
        await session.SaveChangesAsync();

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_failed_flush_rolls_back_the_whole_session()
    {
        await using var session = _database.Store.CreateSession();
        await session.SaveAsync(new Fruit { Name = "Good" });
        await session.SaveAsync(new Fruit { Name = null! });

        await Assert.ThrowsAnyAsync<Exception>(() => session.FlushAsync());
        await session.SaveChangesAsync();
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_session_returns_the_same_object_for_the_same_document()
    {
        await using var session = _database.Store.CreateSession();
        var saved = new Fruit { Name = "Apple" };
        await session.SaveAsync(saved);

        Assert.True(saved.Id > 0);
        Assert.Same(saved, await session.Query<Fruit, FruitIndex>(index => index.Name == "Apple").FirstOrDefaultAsync());
        Assert.Same(saved, await session.GetAsync<Fruit>(saved.Id));
        Assert.Null(await session.GetAsync<Fruit>(long.MaxValue));
        Assert.Equal([saved], await session.GetAsync<Fruit>([saved.Id, long.MaxValue]));
    }

    [Fact]
    public async Task Saved_documents_are_tracked_and_loaded_ones_are_not()
    {
        await _database.SeedAsync(new Fruit { Name = "Loaded" }, new Fruit { Name = "Saved" });

        await using (var session = _database.Store.CreateSession())
        {
            var fruits = (await session.Query<Fruit, FruitIndex>().ListAsync()).ToDictionary(fruit => fruit.Name);
            await session.SaveAsync(fruits["Saved"]);
            await session.FlushAsync();
            fruits["Saved"].Count = 1;
            fruits["Loaded"].Count = 1;
            await session.SaveChangesAsync();
        }

        await using var other = _database.Store.CreateSession();
        Assert.Equal(["Saved"], (await other.Query<Fruit, FruitIndex>(index => index.Count == 1).ListAsync()).Select(fruit => fruit.Name));
        Assert.Equal(0, (await other.Query<Fruit, FruitIndex>(index => index.Name == "Loaded").FirstOrDefaultAsync())!.Count);
    }

    [Fact]
    public async Task Deleting_a_document_deletes_its_rows_in_all_indexes()
    {
        await _database.SeedAsync(new Fruit { Name = "Apple", Tags = ["red", "round"] });

        await using (var session = _database.Store.CreateSession())
        {
            session.Delete((await session.Query<Fruit, FruitIndex>().FirstOrDefaultAsync())!);
            Assert.Null(await session.Query<Fruit, FruitIndex>().FirstOrDefaultAsync());
            await session.SaveChangesAsync();
        }

        await using var other = _database.Store.CreateSession();
        Assert.Equal(0, await other.Query<Fruit>().CountAsync());
        Assert.Equal(0, await other.QueryIndex<FruitIndex>().CountAsync());
        Assert.Equal(0, await other.QueryIndex<TagIndex>().CountAsync());
    }

    [Fact]
    public async Task An_update_replaces_the_index_rows()
    {
        await _database.SeedAsync(new Fruit { Name = "Apple", Tags = ["red", "round"] });

        await using (var session = _database.Store.CreateSession())
        {
            var fruit = await session.Query<Fruit, FruitIndex>().FirstOrDefaultAsync();
            fruit!.Tags = ["green"];
            await session.SaveAsync(fruit);
            await session.SaveChangesAsync();
        }

        await using var other = _database.Store.CreateSession();
        Assert.Equal(["green"], (await other.QueryIndex<TagIndex>().ListAsync()).Select(row => row.Tag));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task A_conflict_is_detected_if_both_sessions_check_concurrency(bool mine, bool theirs, bool noticed)
    {
        await _database.SeedAsync(new Fruit { Name = "Apple" });
        await using var first = _database.Store.CreateSession();
        var loaded = await first.Query<Fruit, FruitIndex>().FirstOrDefaultAsync();

        await using (var second = _database.Store.CreateSession())
        {
            var other = await second.Query<Fruit, FruitIndex>().FirstOrDefaultAsync();
            other!.Count = 1;
            await second.SaveAsync(other, checkConcurrency: theirs);
            await second.SaveChangesAsync();
        }

        loaded!.Count = 2;
        await first.SaveAsync(loaded, checkConcurrency: mine);

        if (noticed)
        {
            var e = await Assert.ThrowsAsync<ConcurrencyException>(() => first.SaveChangesAsync());
            Assert.Equal(loaded.Id, e.Document.Id);
        }
        else
        {
            await first.SaveChangesAsync();
        }

        await using var reader = _database.Store.CreateSession();
        Assert.Equal(noticed ? 1 : 2, (await reader.Query<Fruit, FruitIndex>().FirstOrDefaultAsync())!.Count);
    }

    [Fact]
    public async Task Documents_without_an_id_or_index_are_found_by_type()
    {
        await using (var session = _database.Store.CreateSession())
        {
            await session.SaveAsync(new Note { Text = "one" });
            await session.SaveAsync(new Fruit { Name = "Apple" });
            await session.SaveChangesAsync();
        }

        await using var other = _database.Store.CreateSession();
        Assert.Equal("one", (await other.Query<Note>().FirstOrDefaultAsync())?.Text);
        Assert.Equal(1, await other.Query<Note>().CountAsync());
    }

    [Fact]
    public async Task Two_stores_on_one_database_never_assign_the_same_id()
    {
        var other = await _database.OpenAsync();
        var ids = new List<long>();

        for (var i = 0; i < 30; i++)
        {
            foreach (var store in new[] { _database.Store, other })
            {
                await using var session = store.CreateSession();
                var fruit = new Fruit { Name = "Apple" };
                await session.SaveAsync(fruit);
                await session.SaveChangesAsync();
                ids.Add(fruit.Id);
            }
        }

        Assert.Equal(60, ids.Distinct().Count());
    }

    [Fact]
    public async Task Concurrent_sessions_lose_no_writes()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            await using var session = _database.Store.CreateSession();
            await session.SaveAsync(new Fruit { Name = "Apple", Count = number });
            await session.SaveChangesAsync();
        })));

        Assert.Equal(40, await CountAsync());
    }

    [Fact]
    public async Task A_table_prefix_separates_two_stores_on_one_database()
    {
        var other = await _database.OpenAsync("t1_");
        await _database.MigrateAsync(other);
        await _database.SeedAsync(new Fruit { Name = "Apple" });

        await using var session = other.CreateSession();
        Assert.Equal(0, await session.Query<Fruit>().CountAsync());
        await session.SaveAsync(new Fruit { Name = "Banana" });
        await session.SaveChangesAsync();
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_table_can_be_altered_and_dropped()
    {
        await using var session = _database.Store.CreateSession();
        var schema = new SchemaBuilder(_database.Store.Configuration, await session.BeginTransactionAsync());
        await schema.AlterIndexTableAsync<FruitIndex>(table =>
        {
            table.AddColumn<string>("Color", column => column.WithLength(10).WithDefault("it's red"));
            table.RenameColumn("Color", "Colour");
            table.CreateIndex("IDX_Colour", "Colour", "DocumentId");
            table.DropIndex("IDX_Colour");
            table.DropColumn("Colour");
        });
        await schema.DropMapIndexTableAsync<TagIndex>();
        await session.SaveChangesAsync();

        await using var other = _database.Store.CreateSession();
        await Assert.ThrowsAnyAsync<Exception>(() => other.QueryIndex<TagIndex>().ListAsync());
    }

    [Fact]
    public async Task A_failed_migration_leaves_no_table()
    {
        await using (var session = _database.Store.CreateSession())
        {
            var schema = new SchemaBuilder(_database.Store.Configuration, await session.BeginTransactionAsync());
            await schema.CreateTableAsync("Half", table => table.Column<int>("Number"));
            await session.CancelAsync();
        }

        await using var other = _database.Store.CreateSession();
        var again = new SchemaBuilder(_database.Store.Configuration, await other.BeginTransactionAsync());
        await again.CreateTableAsync("Half", table => table.Column<int>("Number", column => column.NotNull()));
        await other.SaveChangesAsync();
    }

    [Fact]
    public async Task A_null_character_is_harmless_in_documents_and_queries()
    {
        await _database.SeedAsync(new Fruit { Name = "a\0b" });
        await using var session = _database.Store.CreateSession();

        Assert.Equal("a\0b", (await session.Query<Fruit>().FirstOrDefaultAsync())?.Name);
        Assert.Null(await session.Query<Fruit, FruitIndex>(index => index.Name == "\0").FirstOrDefaultAsync());
    }

    [Fact]
    public async Task A_collection_throws_instead_of_being_ignored()
    {
        await using var session = _database.Store.CreateSession();

        await Assert.ThrowsAsync<NotSupportedException>(() => session.SaveAsync(new Fruit(), false, "other"));
        Assert.Throws<NotSupportedException>(() => session.Query("other"));
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    protected IStore Store => _database.Store;

    private async Task<int> CountAsync()
    {
        await using var session = _database.Store.CreateSession();

        return await session.Query<Fruit>().CountAsync();
    }
}
