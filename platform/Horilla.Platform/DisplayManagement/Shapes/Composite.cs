using System.Dynamic;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>A dynamic object whose members are its properties. A property that was never set is null.</summary>
public class Composite : DynamicObject
{
    public IDictionary<string, object?> Properties { get; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        Properties.TryGetValue(binder.Name, out result);

        return true;
    }

    public override bool TrySetMember(SetMemberBinder binder, object? value)
    {
        Properties[binder.Name] = value;

        return true;
    }
}
