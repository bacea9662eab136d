using OrchardCore.DisplayManagement.Implementation;

namespace OrchardCore.DisplayManagement;

/// <summary>Makes shapes.</summary>
public interface IShapeFactory
{
    /// <summary>Makes a shape as if by a method of its type's name, with its properties as named arguments.</summary>
    dynamic New { get; }

    ValueTask<IShape> CreateAsync(
        string shapeType,
        Func<ValueTask<IShape>> shapeFactory,
        Action<ShapeCreatingContext>? creating,
        Action<ShapeCreatedContext>? created);
}
