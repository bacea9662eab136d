using Castle.DynamicProxy;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Views;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Creates objects that are both a view model and a shape. Thread-safe; one for the host, because it only caches types.</summary>
internal sealed class ShapeProxyFactory
{
    private readonly ProxyGenerator _generator = new();

    public IShape Create(Type type)
    {
        if (type.IsAssignableTo(typeof(IShape)))
        {
            return (IShape)Activator.CreateInstance(type)!;
        }

        var options = new ProxyGenerationOptions();
        options.AddMixinInstance(new ShapeViewModel());

        return (IShape)_generator.CreateClassProxy(type, options);
    }
}
