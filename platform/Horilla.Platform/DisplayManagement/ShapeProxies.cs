using Castle.DynamicProxy;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Views;

namespace Horilla.Platform.DisplayManagement;

/// <summary>Makes objects that are a view model and a shape at once. Thread-safe; one for the host, since it keeps types alone.</summary>
internal sealed class ShapeProxies
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
