using Horilla.Platform.DisplayManagement;
using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement;

public static partial class ShapeFactoryExtensions
{
    public static ValueTask<IShape> CreateAsync(this IShapeFactory factory, string shapeType)
        => factory.CreateAsync(shapeType, () => ValueTask.FromResult<IShape>(new Shape()));

    public static ValueTask<IShape> CreateAsync(this IShapeFactory factory, string shapeType, Func<ValueTask<IShape>> shapeFactory)
        => factory.CreateAsync(shapeType, shapeFactory, null, null);

    public static ValueTask<IShape> CreateAsync(this IShapeFactory factory, string shapeType, INamedEnumerable<object?> parameters)
        => factory.CreateAsync(shapeType, () =>
        {
            var shape = new Shape();

            foreach (var (name, value) in parameters.Named)
            {
                shape.Properties[name] = value;
            }

            return ValueTask.FromResult<IShape>(shape);
        });

    /// <summary>Creates a shape that is also a <typeparamref name="TModel"/>.</summary>
    public static ValueTask<IShape> CreateAsync<TModel>(this IShapeFactory factory, string shapeType, Action<TModel>? initialize = null)
        where TModel : class
        => factory.CreateAsync(shapeType, () =>
        {
            var shape = ((ShapeFactory)factory).Proxies.Create(typeof(TModel));
            initialize?.Invoke((TModel)shape);

            return ValueTask.FromResult(shape);
        });
}
