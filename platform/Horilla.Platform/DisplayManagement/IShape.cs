using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement;

/// <summary>Something to display: a type, which determines the template, and the data for the template.</summary>
public interface IShape
{
    ShapeMetadata Metadata { get; }

    string? Id { get; set; }

    string? TagName { get; set; }

    IList<string> Classes { get; }

    IDictionary<string, string> Attributes { get; }

    IDictionary<string, object?> Properties { get; }

    /// <summary>The added items, in the order of their positions.</summary>
    IReadOnlyList<IPositioned> Items { get; }

    ValueTask<IShape> AddAsync(object? item, string? position);
}
