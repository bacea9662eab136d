#nullable disable // As in OrchardCore, so that overrides choose their own nullability.

using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement.Handlers;

/// <summary>Creates the results of display drivers.</summary>
public class DisplayDriverBase
{
    protected string Prefix { get; set; } = "";

    /// <summary>Creates a shape that is also a <typeparamref name="TModel"/> and is initialized when it is displayed. The type must be public and not sealed.</summary>
    public ShapeResult Initialize<TModel>(string shapeType, Action<TModel> initialize)
        where TModel : class
        => Initialize<TModel>(shapeType, model =>
        {
            initialize(model);

            return ValueTask.CompletedTask;
        });

    /// <inheritdoc cref="Initialize{TModel}(string, Action{TModel})"/>
    public ShapeResult Initialize<TModel>(string shapeType, Func<TModel, ValueTask> initializeAsync)
        where TModel : class
        => Factory(shapeType, context => Found(context.ShapeFactory.CreateAsync<TModel>(shapeType)), shape => initializeAsync((TModel)shape).AsTask());

    /// <inheritdoc cref="Initialize{TModel}(string, Action{TModel})"/>
    public ShapeResult Initialize<TModel>(Action<TModel> initialize)
        where TModel : class
        => Initialize(typeof(TModel).Name, initialize);

    /// <summary>Creates a <see cref="ShapeViewModel{T}"/> for a model.</summary>
    public ShapeResult View<TModel>(string shapeType, TModel model)
        where TModel : class
        => Factory(shapeType, _ => ValueTask.FromResult<IShape>(new ShapeViewModel<TModel>(shapeType, model)));

    public ShapeResult Dynamic(string shapeType) => Factory(shapeType, context => Found(context.ShapeFactory.CreateAsync(shapeType)));

    public ShapeResult Dynamic(string shapeType, Action<dynamic> initialize)
        => Factory(
            shapeType,
            context => Found(context.ShapeFactory.CreateAsync(shapeType)),
            shape =>
            {
                initialize(shape);

                return Task.CompletedTask;
            });

    public ShapeResult Shape(string shapeType, IShape shape) => Factory(shapeType, _ => ValueTask.FromResult<IShape>(shape));

    public ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder)
        => new ShapeResult(shapeType, shapeBuilder).Prefix(Prefix);

    public virtual ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder, Func<IShape, Task> initializeAsync)
        => new ShapeResult(shapeType, shapeBuilder, initializeAsync).Prefix(Prefix);

    public static CombinedResult Combine(params IDisplayResult[] results) => new(results);

    public static CombinedResult Combine(IEnumerable<IDisplayResult> results) => new(results);

    public static Task<IDisplayResult> CombineAsync(params IDisplayResult[] results) => Task.FromResult<IDisplayResult>(new CombinedResult(results));

    public static Task<IDisplayResult> CombineAsync(IEnumerable<IDisplayResult> results) => Task.FromResult<IDisplayResult>(new CombinedResult(results));

    private static async ValueTask<IShape> Found(ValueTask<IShape> shape) => await shape;
}
