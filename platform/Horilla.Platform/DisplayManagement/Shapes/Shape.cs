using System.Collections;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>A general-purpose shape, without a view model class.</summary>
public class Shape : Composite, IShape, IPositioned, IEnumerable<object>
{
    private readonly ShapeItems _items = new();

    public ShapeMetadata Metadata { get; } = new();

    public string? Id { get; set; }

    public string? TagName { get; set; }

    public IList<string> Classes { get; } = [];

    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();

    public IReadOnlyList<IPositioned> Items => _items.Sorted;

    public bool HasItems => _items.Sorted.Count > 0;

    public string? Position
    {
        get => Metadata.Position;
        set => Metadata.Position = value;
    }

    public virtual ValueTask<IShape> AddAsync(object? item, string? position)
    {
        _items.Add(item, position);

        return ValueTask.FromResult<IShape>(this);
    }

    IEnumerator<object> IEnumerable<object>.GetEnumerator() => Items.GetEnumerator();

    public IEnumerator GetEnumerator() => Items.GetEnumerator();
}
