using OrchardCore.DisplayManagement.Handlers;

namespace OrchardCore.DisplayManagement.Views;

/// <summary>A shape and its location for each display type. Without a location, it isn't shown.</summary>
public class ShapeResult(string shapeType, Func<IBuildShapeContext, ValueTask<IShape?>> shapeBuilder, Func<IShape, Task>? initializing) : IDisplayResult
{
    private readonly Dictionary<string, string> _locations = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Func<IShape, Task>> _processing = [];
    private string? _location;
    private string[] _groups = [];
    private string? _name;
    private string? _differentiator;
    private string? _prefix;
    private Func<Task<bool>>? _renderWhen;

    public ShapeResult(string shapeType, Func<IBuildShapeContext, ValueTask<IShape?>> shapeBuilder)
        : this(shapeType, shapeBuilder, null)
    {
    }

    public IShape? Shape { get; private set; }

    public ShapeResult Location(string location)
    {
        _location = location;

        return this;
    }

    public ShapeResult Location(string displayType, string location)
    {
        _locations[displayType] = location;

        return this;
    }

    public ShapeResult OnGroup(string groupId) => OnGroup([groupId]);

    public ShapeResult OnGroup(params string[] groupIds)
    {
        _groups = groupIds;

        return this;
    }

    public ShapeResult Name(string name)
    {
        _name = name;

        return this;
    }

    public ShapeResult Differentiator(string differentiator)
    {
        _differentiator = differentiator;

        return this;
    }

    public ShapeResult Prefix(string prefix)
    {
        _prefix = prefix;

        return this;
    }

    public ShapeResult Processing(Func<IShape, Task> processing)
    {
        _processing.Add(processing);

        return this;
    }

    /// <summary>Adds a condition, which is only evaluated if the shape has a location.</summary>
    public ShapeResult RenderWhen(Func<Task<bool>> renderPredicateAsync)
    {
        _renderWhen = renderPredicateAsync;

        return this;
    }

    public Task ApplyAsync(BuildDisplayContext context) => ApplyAsync(context, context.DisplayType);

    public Task ApplyAsync(BuildEditorContext context) => ApplyAsync(context, "Edit");

    private async Task ApplyAsync(BuildShapeContext context, string displayType)
    {
        var location = ShapeLocation.Parse(_locations.GetValueOrDefault(displayType) ?? _location);

        if (location is null || !IsInGroup(context.GroupId, location) || (_renderWhen is not null && !await _renderWhen()))
        {
            return;
        }

        if (await shapeBuilder(context) is not { } shape)
        {
            return;
        }

        Shape = shape;
        var metadata = shape.Metadata;
        metadata.Type = metadata.Type is { Length: > 0 } type ? type : shapeType;
        metadata.DisplayType = displayType;
        metadata.Prefix = _prefix;
        metadata.Differentiator = _differentiator;
        metadata.Name = _name ?? _differentiator ?? shapeType;

        if (initializing is not null)
        {
            metadata.OnProcessing(initializing);
        }

        foreach (var processing in _processing)
        {
            metadata.OnProcessing(processing);
        }

        var position = location.Position is { Length: > 0 } given ? given : context.DefaultPosition;
        await ((Zones.IZoneHolding)context.Shape).Zones.GetOrCreate(location.Zone).AddAsync(shape, position);
    }

    private bool IsInGroup(string? group, ShapeLocation location)
    {
        var asked = group ?? "";
        var groups = _groups.Length > 0 ? _groups : [location.Group];

        return groups.Contains(asked, StringComparer.OrdinalIgnoreCase);
    }
}
