using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement;

/// <summary>Something to display: a type, which leads to a template, and what the template needs.</summary>
public interface IShape
{
    ShapeMetadata Metadata { get; }

    string? Id { get; set; }

    string? TagName { get; set; }

    IList<string> Classes { get; }

    IDictionary<string, string> Attributes { get; }

    IDictionary<string, object?> Properties { get; }

    /// <summary>What was added, in the order of the positions.</summary>
    IReadOnlyList<IPositioned> Items { get; }

    ValueTask<IShape> AddAsync(object? item, string? position);
}
