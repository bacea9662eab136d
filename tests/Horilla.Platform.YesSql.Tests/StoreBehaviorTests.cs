using Dapper;
using Xunit;
using YesSql;
using YesSql.Indexes;
using YesSql.Sql;

namespace Horilla.Platform.YesSql.Tests;

public abstract class Shape
{
    public long Id { get; set; }

    public string Name { get; set; } = "";
}

public sealed class Circle : Shape;

public sealed class Square : Shape;

/// <summary>A document that was called Oval in an earlier version.</summary>
[SimplifiedTypeName("Shapes.Oval, Shapes")]
public sealed class Ellipse
{
    public long Id { get; set; }

    public Ripeness Ripeness { get; set; }
}

/// <summary>A document with its version as a property.</summary>
public sealed class Contract
{
    public long Id { get; set; }

    public int Version { get; set; }

    public string Text { get; set; } = "";
}

public sealed class ShapeIndex : MapIndex
{
    public string Name { get; set; } = "";

    public Guid Key { get; set; }

    public Guid? Other { get; set; }

    public TimeSpan Length { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? Until { get; set; }
}

public sealed class ShapeIndexProvider : IndexProvider<Shape>
{
    public static Guid KeyOf(string name) => new(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    public static DateTimeOffset AtOf(int hours) => new(2026, 1, 2, hours, 4, 5, 678, TimeSpan.FromHours(2));

    public override void Describe(DescribeContext<Shape> context)
        => context.For<ShapeIndex>().Map(shape => shape.Name.Length == 0
            ? null!
            : new ShapeIndex { Name = shape.Name, Key = KeyOf(shape.Name), Length = TimeSpan.FromHours(shape.Name.Length * 20), At = AtOf(shape.Name.Length) });
}

/// <summary>An index provider whose map queries the store, as some of OrchardCore's do.</summary>
public sealed class CountingIndexProvider(Func<ISession> session) : IndexProvider<Fruit>
{
    public List<int> Seen { get; } = [];

    public override void Describe(DescribeContext<Fruit> context)
        => context.For<TagIndex>().Map(async fruit =>
        {
            Seen.Add(await session().Query<Fruit, FruitIndex>().CountAsync());
            Seen.Add((await session().Query<Fruit>().ListAsync()).Count());

            return new TagIndex { Tag = "counted" };
        });
}

/// <summary>The behavior of YesSql that its own tests describe, the same on each database.</summary>
public abstract class StoreBehaviorTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _database.Store.RegisterIndexes([new ShapeIndexProvider()]);
        await using var session = _database.Store.CreateSession();
        var schema = new SchemaBuilder(_database.Store.Configuration, await session.BeginTransactionAsync());
        await schema.CreateMapIndexTableAsync<ShapeIndex>(table => table
            .Column<string>(nameof(ShapeIndex.Name))
            .Column<Guid>(nameof(ShapeIndex.Key))
            .Column<Guid?>(nameof(ShapeIndex.Other))
            .Column<TimeSpan>(nameof(ShapeIndex.Length))
            .Column<DateTimeOffset>(nameof(ShapeIndex.At))
            .Column<DateTimeOffset?>(nameof(ShapeIndex.Until)));
        await session.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_document_with_several_rows_is_returned_and_counted_once()
    {
        await _database.SeedAsync(
            new Fruit { Name = "Apple", Tags = ["red", "round", "ripe"] },
            new Fruit { Name = "Beet", Tags = ["red", "root"] },
            new Fruit { Name = "Cherry", Tags = ["sweet", "red", "round"] });
        await using var session = _database.Store.CreateSession();

        Assert.Equal(["Apple", "Beet", "Cherry"], (await session.Query<Fruit, TagIndex>().ListAsync()).Select(fruit => fruit.Name));
        Assert.Equal(3, await session.Query<Fruit, TagIndex>().CountAsync());
        Assert.Equal(3, await session.Query<Fruit, TagIndex>(index => index.Tag.StartsWith('r'), filterType: true).CountAsync());
        Assert.Equal(2, (await session.Query<Fruit, TagIndex>(index => index.Tag == "round" || index.Tag == "sweet").ListAsync()).Count());
        Assert.Equal(8, await session.QueryIndex<TagIndex>().CountAsync());
    }

    [Fact]
    public async Task Documents_with_several_rows_are_sorted_and_paged_as_documents()
    {
        await _database.SeedAsync([.. Enumerable.Range(0, 30).Select(number => new Fruit { Name = $"Fruit {number:00}", Count = number, Tags = ["a", $"t{number:00}", "b"] })]);
        await using var session = _database.Store.CreateSession();
        var names = new List<string>();

        for (var page = 0; page < 3; page++)
        {
            names.AddRange((await session.Query<Fruit, TagIndex>().OrderByDescending(index => index.Tag).Skip(page * 10).Take(10).ListAsync()).Select(fruit => fruit.Name));
        }

        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(number => $"Fruit {number:00}"), names);

        var both = await session.Query<Fruit, TagIndex>(index => index.Tag != "a").With<FruitIndex>(index => index.Count >= 10).OrderBy(index => index.Sweet).ThenByDescending(index => index.Count).Skip(5).Take(3).ListAsync();
        Assert.Equal([24, 23, 22], both.Select(fruit => fruit.Count));
    }

    [Fact]
    public async Task A_type_that_moved_finds_its_documents_under_their_stored_name()
    {
        await using var session = _database.Store.CreateSession();
        await session.SaveAsync(new Ellipse());
        await session.FlushAsync();

        Assert.Equal(["Shapes.Oval, Shapes"], (await StoredAsync(session)).Select(row => row.Type));
        await session.SaveChangesAsync();
        var reopened = await _database.OpenAsync();
        await using var other = reopened.CreateSession();
        Assert.Single(await other.Query<Ellipse>().ListAsync());
        Assert.Single(await other.GetAsync<Ellipse>([(await other.Query<Ellipse>().FirstOrDefaultAsync())!.Id]));
    }

    [Fact]
    public async Task Enumerations_are_stored_by_name_and_read_from_numbers_too()
    {
        await using var session = _database.Store.CreateSession();
        await session.SaveAsync(new Ellipse { Ripeness = Ripeness.Ripe });
        await session.FlushAsync();
        var (_, content) = Assert.Single(await StoredAsync(session));

        Assert.Contains("\"Ripe\"", content, StringComparison.Ordinal);
        var serializer = _database.Store.Configuration.ContentSerializer;
        Assert.Equal(Ripeness.Ripe, ((Ellipse)serializer.Deserialize($$"""{"Ripeness":{{(int)Ripeness.Ripe}}}""", typeof(Ellipse))!).Ripeness);
    }

    [Fact]
    public async Task The_first_document_with_several_rows_is_the_first_of_the_list()
    {
        await _database.SeedAsync(new Fruit { Name = "A", Tags = ["1", "9"] }, new Fruit { Name = "B", Tags = ["5"] });
        await using var session = _database.Store.CreateSession();

        Assert.Equal(["B", "A"], (await session.Query<Fruit, TagIndex>().OrderBy(index => index.Tag).ListAsync()).Select(fruit => fruit.Name));
        Assert.Equal("B", (await session.Query<Fruit, TagIndex>().OrderBy(index => index.Tag).FirstOrDefaultAsync())?.Name);
    }

    [Fact]
    public async Task A_map_that_returns_null_removes_the_rows()
    {
        await using (var session = _database.Store.CreateSession())
        {
            await session.SaveAsync(new Circle { Name = "O" });
            await session.SaveAsync(new Circle());
            await session.SaveChangesAsync();
        }

        await using (var session = _database.Store.CreateSession())
        {
            var circle = await session.Query<Circle, ShapeIndex>().FirstOrDefaultAsync();
            circle.Name = "";
            await session.SaveAsync(circle);
            await session.SaveChangesAsync();
        }

        await using var reading = _database.Store.CreateSession();
        Assert.Equal(0, await reading.QueryIndex<ShapeIndex>().CountAsync());
        Assert.Equal(2, await reading.Query<Circle>().CountAsync());
    }

    [Fact]
    public async Task Null_sequences_and_null_entries_of_a_map_produce_no_rows()
    {
        await using var session = _database.Store.CreateSession();
        session.RegisterIndexes([new NullIndexProvider()]);
        await session.SaveAsync(new Fruit { Name = "Apple", Label = "null" });
        await session.SaveAsync(new Fruit { Name = "Beet", Label = "holes" });
        await session.SaveChangesAsync();

        Assert.Equal(["filled"], (await session.QueryIndex<TagIndex>().ListAsync()).Select(index => index.Tag));
    }

    [Fact]
    public async Task A_document_is_returned_as_its_stored_type()
    {
        var circle = new Circle { Name = "O" };
        var square = new Square { Name = "[]" };

        await using (var session = _database.Store.CreateSession())
        {
            await session.SaveAsync(circle);
            await session.SaveAsync(square);
            await session.SaveChangesAsync();
        }

        await using var reading = _database.Store.CreateSession();
        Assert.IsType<Circle>(await reading.GetAsync<Shape>(circle.Id));
        Assert.IsType<Square>(await reading.GetAsync<object>(square.Id));
        Assert.Null(await reading.GetAsync<Square>(circle.Id));
        await using var fresh = _database.Store.CreateSession();
        Assert.Null(await fresh.GetAsync<Square>(circle.Id));
        Assert.Equal(2, (await fresh.Query<Shape, ShapeIndex>().ListAsync()).Count());
        Assert.Empty(await fresh.Query<Shape>().ListAsync());
        Assert.Equal([typeof(Circle)], (await fresh.Query<Circle, ShapeIndex>().ListAsync()).Select(shape => shape.GetType()));
    }

    [Fact]
    public async Task Columns_of_every_type_round_trip_and_compare()
    {
        await using var session = _database.Store.CreateSession();

        foreach (var name in (string[])["a", "bb", "ccc"])
        {
            await session.SaveAsync(new Circle { Name = name });
        }

        await session.SaveChangesAsync();
        var key = ShapeIndexProvider.KeyOf("bb");
        var index = Assert.Single(await session.QueryIndex<ShapeIndex>(row => row.Key == key).ListAsync());
        Assert.Equal((key, null, TimeSpan.FromHours(40), null), (index.Key, index.Other, index.Length, index.Until));
        Assert.Equal(ShapeIndexProvider.AtOf(2), index.At);

        var (threshold, late) = (TimeSpan.FromHours(25), ShapeIndexProvider.AtOf(3).ToOffset(TimeSpan.FromHours(-7)));
        Assert.Equal(["bb", "ccc"], (await session.QueryIndex<ShapeIndex>(row => row.Length > threshold).OrderBy(row => row.Length).ListAsync()).Select(row => row.Name));
        Assert.Equal(["ccc"], (await session.QueryIndex<ShapeIndex>(row => row.At >= late).ListAsync()).Select(row => row.Name));

        var named = session.QueryIndex<ShapeIndex>(row => row.At < late).Where(dialect => $"{dialect.QuoteForColumnName(nameof(ShapeIndex.Name))} LIKE @Start").WithParameter("Start", "b%");
        Assert.Equal(["bb"], (await named.ListAsync()).Select(row => row.Name));
        Assert.Equal(1, await named.CountAsync());
    }

    [Fact]
    public async Task An_index_provider_may_query_the_session_that_it_maps_for()
    {
        await _database.SeedAsync(new Fruit { Name = "Apple" });
        await using var session = _database.Store.CreateSession();
        var provider = new CountingIndexProvider(() => session);
        session.RegisterIndexes([provider]);
        await session.SaveAsync(new Fruit { Name = "Beet" });
        await session.SaveAsync(new Fruit { Name = "Cherry" });
        await session.SaveChangesAsync();

        // Each map sees the database as it was before the flush.
        Assert.Equal([1, 1, 1, 1], provider.Seen);
        Assert.Equal(2, (await session.QueryIndex<TagIndex>(index => index.Tag == "counted").ListAsync()).Count());
        Assert.Equal(3, await session.Query<Fruit, FruitIndex>().CountAsync());
    }

    [Fact]
    public async Task A_disposed_session_throws()
    {
        var session = _database.Store.CreateSession();
        var query = session.Query<Fruit>();
        await session.DisposeAsync();
        await session.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.SaveAsync(new Fruit()));
        Assert.Throws<ObjectDisposedException>(() => session.Delete(new Fruit { Id = 1 }));
        Assert.Throws<ObjectDisposedException>(() => session.Detach(new Fruit()));
        Assert.Throws<ObjectDisposedException>(() => session.Query());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.GetAsync<Fruit>([1]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => query.ListAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.CreateConnectionAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.BeginTransactionAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.CancelAsync());
    }

    [Fact]
    public async Task Saving_the_changes_of_a_disposed_session_throws()
    {
        var session = _database.Store.CreateSession();
        await session.SaveAsync(new Fruit { Name = "Lost" });
        await session.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.SaveChangesAsync());
    }

    [Fact]
    public async Task Saving_a_document_that_another_session_deleted_throws()
    {
        var fruit = new Fruit { Name = "Apple" };
        await _database.SeedAsync(fruit);
        await using var session = _database.Store.CreateSession();
        var loaded = await session.GetAsync<Fruit>(fruit.Id);

        await using (var other = _database.Store.CreateSession())
        {
            other.Delete((await other.GetAsync<Fruit>(fruit.Id))!);
            await other.SaveChangesAsync();
        }

        loaded!.Count = 2;
        await session.SaveAsync(loaded);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SaveChangesAsync());

        await using var third = _database.Store.CreateSession();
        await third.SaveAsync(new Fruit { Id = fruit.Id, Name = "Apple" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => third.SaveChangesAsync());
    }

    [Fact]
    public async Task Without_tracking_each_query_returns_new_objects_and_saving_one_updates_the_document()
    {
        var fruit = new Fruit { Name = "Apple" };
        await _database.SeedAsync(fruit);
        await using var session = _database.Store.CreateSession(withTracking: false);
        var first = await session.GetAsync<Fruit>(fruit.Id);
        var second = await session.Query<Fruit, FruitIndex>().FirstOrDefaultAsync();
        Assert.NotSame(first, second);
        second.Count = 7;
        await session.SaveAsync(second);
        await session.SaveChangesAsync();

        Assert.Equal(7, (await session.QueryIndex<FruitIndex>().ListAsync()).Single().Count);
        Assert.Equal(1, await session.Query<Fruit>().CountAsync());
    }

    [Fact]
    public async Task A_version_property_detects_conflicts_across_sessions()
    {
        var contract = new Contract { Text = "one" };

        await using (var session = _database.Store.CreateSession())
        {
            await session.SaveAsync(contract, checkConcurrency: true);
            await session.SaveChangesAsync();
        }

        Assert.Equal(1, contract.Version);
        await UpdateAsync(new Contract { Id = contract.Id, Version = 1, Text = "two" });
        await Assert.ThrowsAsync<ConcurrencyException>(() => UpdateAsync(new Contract { Id = contract.Id, Version = 1, Text = "three" }));
        await using var reading = _database.Store.CreateSession();
        var stored = await reading.GetAsync<Contract>(contract.Id);
        Assert.Equal((2, "two"), (stored!.Version, stored.Text));

        async Task UpdateAsync(Contract changed)
        {
            await using var session = _database.Store.CreateSession();
            await session.SaveAsync(changed, checkConcurrency: true);
            await session.SaveChangesAsync();
        }
    }

    [Fact]
    public async Task A_deleted_object_becomes_a_new_document_when_it_is_saved_again()
    {
        var fruit = new Fruit { Name = "Apple" };
        await _database.SeedAsync(fruit);
        await using var session = _database.Store.CreateSession();
        var loaded = (await session.GetAsync<Fruit>(fruit.Id))!;
        session.Delete(loaded);
        Assert.Equal(0, loaded.Id);
        await session.SaveAsync(loaded);
        await session.SaveChangesAsync();

        Assert.NotEqual(fruit.Id, loaded.Id);
        Assert.Equal([loaded.Id], (await session.Query<Fruit>().ListAsync()).Select(stored => stored.Id));
        Assert.Equal(1, await session.QueryIndex<FruitIndex>().CountAsync());
    }

    [Fact]
    public async Task A_new_object_that_is_deleted_before_the_flush_is_never_stored()
    {
        await using var session = _database.Store.CreateSession();
        var fruit = new Fruit { Name = "Apple" };
        await session.SaveAsync(fruit);
        session.Delete(fruit);
        await session.SaveChangesAsync();

        Assert.Equal(0, await session.Query<Fruit>().CountAsync());
        Assert.Equal(0, await session.QueryIndex<FruitIndex>().CountAsync());
    }

    [Fact]
    public async Task Saving_an_index_or_a_raw_document_throws()
    {
        await using var session = _database.Store.CreateSession();

        await Assert.ThrowsAsync<ArgumentException>(() => session.SaveAsync(new FruitIndex()));
        await Assert.ThrowsAsync<ArgumentException>(() => session.SaveAsync(new Document()));
    }

    private static async Task<IEnumerable<(string Type, string Content)>> StoredAsync(ISession session)
    {
        var transaction = await session.BeginTransactionAsync();

        return await transaction.Connection!.QueryAsync<(string Type, string Content)>("SELECT \"Type\", \"Content\" FROM \"Document\"", transaction: transaction);
    }

    private sealed class NullIndexProvider : IndexProvider<Fruit>
    {
        public override void Describe(DescribeContext<Fruit> context)
            => context.For<TagIndex>().Map(fruit => fruit.Label == "null" ? null! : (IEnumerable<TagIndex>)[null!, new TagIndex { Tag = "filled" }, null!]);
    }
}

public sealed class SqliteStoreBehaviorTests : StoreBehaviorTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateSqliteAsync();
}

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlStoreBehaviorTests(PostgreSqlFixture postgreSql) : StoreBehaviorTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreatePostgreSqlAsync(postgreSql.Server);
}
