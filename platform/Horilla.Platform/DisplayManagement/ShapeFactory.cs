using System.Dynamic;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Shapes;

namespace Horilla.Platform.DisplayManagement;

internal sealed class ShapeFactory(ShapeProxyFactory proxies) : DynamicObject, IShapeFactory
{
    public dynamic New => this;

    public ShapeProxyFactory Proxies => proxies;

    public async ValueTask<IShape> CreateAsync(
        string shapeType,
        Func<ValueTask<IShape>> shapeFactory,
        Action<ShapeCreatingContext>? creating,
        Action<ShapeCreatedContext>? created)
    {
        creating?.Invoke(new ShapeCreatingContext { ShapeType = shapeType });
        var shape = await shapeFactory();
        shape.Metadata.Type = shapeType;
        created?.Invoke(new ShapeCreatedContext { ShapeType = shapeType, Shape = shape });

        return shape;
    }

    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        var names = binder.CallInfo.ArgumentNames;
        var values = args ?? [];

        if (names.Count != values.Length)
        {
            throw new NotSupportedException($"New.{binder.Name} takes the properties of the shape as named arguments.");
        }

        var shape = new Shape();
        shape.Metadata.Type = binder.Name;

        foreach (var (name, value) in names.Zip(values))
        {
            shape.Properties[name] = value;
        }

        result = Task.FromResult<IShape>(shape);

        return true;
    }
}
