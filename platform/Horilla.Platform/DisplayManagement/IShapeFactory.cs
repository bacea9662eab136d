using OrchardCore.DisplayManagement.Implementation;

namespace OrchardCore.DisplayManagement;

/// <summary>Creates shapes.</summary>
public interface IShapeFactory
{
    /// <summary>Creates a shape through a dynamic call. The method name is the shape type, and named arguments are the properties.</summary>
    dynamic New { get; }

    ValueTask<IShape> CreateAsync(
        string shapeType,
        Func<ValueTask<IShape>> shapeFactory,
        Action<ShapeCreatingContext>? creating,
        Action<ShapeCreatedContext>? created);
}
