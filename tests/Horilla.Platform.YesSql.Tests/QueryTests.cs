using System.Linq.Expressions;
using Xunit;
using YesSql;
using YesSql.Services;

namespace Horilla.Platform.YesSql.Tests;

/// <summary>Queries, which behave the same on each database except for case sensitivity.</summary>
public abstract class QueryTests : IAsyncLifetime
{
    private static readonly DateTime Day = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly string[] SomeNames = ["apple", "date", "nothing"];
    private static readonly int[] SomeCounts = [1, 3];
    private static readonly string[] NoNames = [];

    private TestDatabase _database = null!;

    public static TheoryData<string, Expression<Func<FruitIndex, bool>>, string> Predicates
    {
        get
        {
            var two = 2;
            string? none = null;
            var fruit = new Fruit { Name = "Banana" };

            return new()
            {
                { "==", index => index.Name == "Apple", "Apple" },
                { "== in other case", index => index.Name == "APPLE", "Apple" },
                { "== a member of a captured object", index => index.Name == fruit.Name, "Banana" },
                { "a value on the left", index => 3 < index.Count, "Date" },
                { "!=", index => index.Count != 1, "Banana Cherry Date" },
                { ">", index => index.Count > two, "Cherry Date" },
                { ">=", index => index.Count >= two, "Banana Cherry Date" },
                { "<", index => index.Count < two, "Apple" },
                { "<=", index => index.Count <= two, "Apple Banana" },
                { "two columns", index => index.Name == index.Label, "Date" },
                { "&&", index => index.Sweet && index.Count > 1, "Cherry" },
                { "||", index => index.Count == 1 || index.Count == 4, "Apple Date" },
                { "nested", index => (index.Count == 1 || index.Count == 2) && !index.Sweet, "Banana" },
                { "bool", index => index.Sweet, "Apple Cherry" },
                { "!bool", index => !index.Sweet, "Banana Date" },
                { "! of &&", index => !(index.Sweet && index.Count > 1), "Apple Banana Date" },
                { "== null", index => index.Label == null, "Banana Cherry" },
                { "!= null", index => index.Label != null, "Apple Date" },
                { "== a variable that is null", index => index.Label == none, "Banana Cherry" },
                { "!= where some are null", index => index.Label != "red", "Date" },
                { "enum", index => index.Ripeness == Ripeness.Ripe, "Apple Cherry" },
                { "date", index => index.PickedUtc > Day.AddDays(1), "Cherry Date" },
                { "Contains", index => index.Name.Contains("an"), "Banana" },
                { "StartsWith", index => index.Name.StartsWith("ch"), "Cherry" },
                { "EndsWith", index => index.Name.EndsWith("E"), "Apple Date" },
                { "Contains on null", index => index.Label!.Contains("r"), "Apple" },
                { "IsIn", index => index.Name.IsIn(SomeNames), "Apple Date" },
                { "IsIn numbers", index => index.Count.IsIn(SomeCounts), "Apple Cherry" },
                { "IsIn nothing", index => index.Name.IsIn(NoNames), "" },
                { "IsNotIn", index => index.Name.IsNotIn(SomeNames), "Banana Cherry" },
                { "IsNotIn nothing", index => index.Name.IsNotIn(NoNames), "Apple Banana Cherry Date" },
                { "IsLike", index => index.Name.IsLike("%a%e%"), "Apple Date" },
                { "a constant", index => true, "Apple Banana Cherry Date" },
                { "a text that is SQL", index => index.Name == "x' OR '1'='1", "" },
            };
        }
    }

    public static TheoryData<string, Expression<Func<FruitIndex, bool>>> Untranslatable => new()
    {
        { "Trim", index => index.Name.Trim() == "Apple" },
        { "Length", index => index.Name.Length == 5 },
        { "arithmetic", index => index.Count + 1 == 2 },
        { "a comparison by culture", index => index.Name.Contains("a", StringComparison.Ordinal) },
        { "a column as an argument", index => "Apple".Contains(index.Name) },
        { "a method of ours", index => IsGood(index.Name) },
    };

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        await _database.SeedAsync(
            new() { Name = "Cherry", Count = 3, Sweet = true, Ripeness = Ripeness.Ripe, PickedUtc = Day.AddDays(2), Tags = ["red", "small"] },
            new() { Name = "Apple", Label = "red", Count = 1, Sweet = true, Ripeness = Ripeness.Ripe, PickedUtc = Day, Tags = ["red"] },
            new() { Name = "Date", Label = "date", Count = 4, PickedUtc = Day.AddDays(3) },
            new() { Name = "Banana", Count = 2, PickedUtc = Day.AddDays(1) });
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [MemberData(nameof(Predicates), DisableDiscoveryEnumeration = true)]
    public async Task A_predicate_finds_the_matching_rows(string name, Expression<Func<FruitIndex, bool>> predicate, string found)
    {
        found = ExpectedRows(name, found);
        await using var session = _database.Store.CreateSession();
        var byDocument = await session.Query<Fruit, FruitIndex>(predicate).OrderBy(index => index.Name).ListAsync();
        var byIndex = await session.QueryIndex(predicate).OrderBy(index => index.Name).ListAsync();

        Assert.True(found == string.Join(' ', byDocument.Select(fruit => fruit.Name)), name);
        Assert.True(found == string.Join(' ', byIndex.Select(row => row.Name)), name);
        Assert.Equal(byDocument.Count(), await session.Query<Fruit, FruitIndex>(predicate).CountAsync());
    }

    [Theory]
    [MemberData(nameof(Untranslatable), DisableDiscoveryEnumeration = true)]
    public async Task An_untranslatable_expression_throws_instead_of_being_evaluated_in_memory(string name, Expression<Func<FruitIndex, bool>> predicate)
    {
        await using var session = _database.Store.CreateSession();
        var e = Assert.Throws<NotSupportedException>(() => session.Query<Fruit, FruitIndex>(predicate));

        Assert.Contains("can't be translated to SQL", e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(name);
    }

    [Fact]
    public async Task Ordering_by_anything_but_a_column_throws()
    {
        await using var session = _database.Store.CreateSession();

        Assert.Throws<NotSupportedException>(() => session.Query<Fruit, FruitIndex>().OrderBy(index => index.Name.Length));
    }

    [Fact]
    public async Task Sorts_and_pages()
    {
        await using var session = _database.Store.CreateSession();

        async Task<string> Names(IQuery<Fruit> query) => string.Join(' ', (await query.ListAsync()).Select(fruit => fruit.Name));
        IQuery<Fruit, FruitIndex> All() => session.Query<Fruit, FruitIndex>();

        Assert.Equal("Apple Banana Cherry Date", await Names(All().OrderBy(index => index.Name)));
        Assert.Equal("Date Cherry Banana Apple", await Names(All().OrderByDescending(index => index.Name)));
        Assert.Equal("Banana Date Apple Cherry", await Names(All().OrderBy(index => index.Sweet).ThenBy(index => index.Name)));
        Assert.Equal("Cherry Apple Date Banana", await Names(All().OrderByDescending(index => index.Sweet).ThenByDescending(index => index.Count)));
        Assert.Equal("Banana Cherry", await Names(All().OrderBy(index => index.Name).Skip(1).Take(2)));
        Assert.Equal("Cherry Apple Date Banana", await Names(All()));
        Assert.Equal("Banana", await Names(All().Skip(3)));
        Assert.Equal("", await Names(All().Skip(100)));
        Assert.Equal(4, await All().Skip(1).Take(1).CountAsync());
        Assert.Equal("Apple", (await All().OrderBy(index => index.Name).FirstOrDefaultAsync())?.Name);
        Assert.Null(await All().Where(index => index.Count > 100).FirstOrDefaultAsync());
    }

    [Fact]
    public async Task A_stream_returns_the_same_documents_as_a_list()
    {
        await using var session = _database.Store.CreateSession();
        var names = new List<string>();

        await foreach (var fruit in session.Query<Fruit, FruitIndex>().OrderBy(index => index.Name).ToAsyncEnumerable())
        {
            names.Add(fruit.Name);
        }

        Assert.Equal(["Apple", "Banana", "Cherry", "Date"], names);
    }

    [Fact]
    public async Task Conditions_on_several_indexes_and_raw_sql_conditions_are_supported()
    {
        await using var session = _database.Store.CreateSession();
        var red = await session.Query<Fruit>().With<TagIndex>(index => index.Tag == "red").With<FruitIndex>(index => index.Count > 1).ListAsync();
        var like = await session.Query<Fruit, FruitIndex>()
            .Where(dialect => $"{dialect.QuoteForColumnName("Name")} LIKE @Text ESCAPE '!'")
            .WithParameter("Text", "%a!n%")
            .ListAsync();

        Assert.Equal(["Cherry"], red.Select(fruit => fruit.Name));
        Assert.Equal(["Banana"], like.Select(fruit => fruit.Name));
    }

    [Fact]
    public async Task Dates_in_documents_are_utc()
    {
        await using var session = _database.Store.CreateSession();
        var fruit = await session.Query<Fruit, FruitIndex>(index => index.Name == "Apple").FirstOrDefaultAsync();

        Assert.Equal(Day, fruit!.PickedUtc);
        Assert.Equal(DateTimeKind.Utc, fruit.PickedUtc.Kind);
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    /// <summary>Returns what a predicate finds on this database.</summary>
    protected virtual string ExpectedRows(string predicate, string found) => found;

    private static bool IsGood(string name) => name.Length > 3;
}
