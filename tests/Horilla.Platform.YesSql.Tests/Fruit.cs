using YesSql.Indexes;

namespace Horilla.Platform.YesSql.Tests;

public enum Ripeness
{
    Green,
    Ripe,
}

public sealed class Fruit
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string? Label { get; set; }

    public int Count { get; set; }

    public bool Sweet { get; set; }

    public Ripeness Ripeness { get; set; }

    public DateTime PickedUtc { get; set; }

    public string[] Tags { get; set; } = [];
}

public sealed class FruitIndex : MapIndex
{
    public string Name { get; set; } = "";

    public string? Label { get; set; }

    public int Count { get; set; }

    public bool Sweet { get; set; }

    public Ripeness Ripeness { get; set; }

    public DateTime PickedUtc { get; set; }
}

/// <summary>An index with several rows per document.</summary>
public sealed class TagIndex : MapIndex
{
    public string Tag { get; set; } = "";
}

public sealed class FruitIndexProvider : IndexProvider<Fruit>
{
    public override void Describe(DescribeContext<Fruit> context)
    {
        context.For<FruitIndex>().Map(fruit => new FruitIndex
        {
            Name = fruit.Name,
            Label = fruit.Label,
            Count = fruit.Count,
            Sweet = fruit.Sweet,
            Ripeness = fruit.Ripeness,
            PickedUtc = fruit.PickedUtc,
        });
        context.For<TagIndex>().When(fruit => fruit.Tags.Length > 0).Map(fruit => fruit.Tags.Select(tag => new TagIndex { Tag = tag }));
    }
}

/// <summary>A document without an index or an Id property.</summary>
public sealed class Note
{
    public string Text { get; set; } = "";
}
