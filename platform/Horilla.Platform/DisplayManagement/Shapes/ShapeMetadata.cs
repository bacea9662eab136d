using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>What the platform has to know of a shape to place and to display it.</summary>
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

    /// <summary>Types whose templates are preferred to the one of <see cref="Type"/>; the last comes first.</summary>
    public AlternatesCollection Alternates { get; set; } = [];

    /// <summary>The shape as it was displayed; set, it is shown in place of a template.</summary>
    public IHtmlContent? ChildContent { get; set; }

    /// <summary>What runs before the shape is displayed.</summary>
    public IReadOnlyList<Func<IShape, Task>> ProcessingAsync => _processing;

    public void OnProcessing(Func<IShape, Task> context) => _processing.Add(context);
}
