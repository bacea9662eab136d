using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Views;

/// <summary>The base class for view models that are shapes.</summary>
public class ShapeViewModel : IShape, IPositioned
{
    private readonly ShapeItems _items = new();

    public ShapeViewModel()
    {
    }

    public ShapeViewModel(string shapeType)
    {
        Metadata.Type = shapeType;
    }

    public ShapeMetadata Metadata { get; } = new();

    public string? Id { get; set; }

    public string? TagName { get; set; }

    public IList<string> Classes { get; } = [];

    public IDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();

    public IDictionary<string, object?> Properties { get; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<IPositioned> Items => _items.Sorted;

    public string? Position
    {
        get => Metadata.Position;
        set => Metadata.Position = value;
    }

    public ValueTask<IShape> AddAsync(object? item, string? position)
    {
        _items.Add(item, position);

        return ValueTask.FromResult<IShape>(this);
    }
}
