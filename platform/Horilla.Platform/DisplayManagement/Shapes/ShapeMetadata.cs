using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>What the platform needs to know to place and display a shape.</summary>
public class ShapeMetadata
{
    private readonly List<Func<IShape, Task>> _processing = [];

    public string Type { get; set; } = "";

    public string? DisplayType { get; set; }

    public string? Position { get; set; }

    public string? Prefix { get; set; }

    public string? Name { get; set; }

    public string? Differentiator { get; set; }

    public string? PlacementSource { get; set; }

    /// <summary>Types whose templates are preferred to the template of <see cref="Type"/>. The last one has the highest priority.</summary>
    public AlternatesCollection Alternates { get; set; } = [];

    /// <summary>The rendered shape. If set, it is shown instead of a template.</summary>
    public IHtmlContent? ChildContent { get; set; }

    /// <summary>The callbacks that run before the shape is displayed.</summary>
    public IReadOnlyList<Func<IShape, Task>> ProcessingAsync => _processing;

    public void OnProcessing(Func<IShape, Task> context) => _processing.Add(context);
}
