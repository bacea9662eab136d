using System.Dynamic;
using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Zones;

/// <summary>A shape with zones, which are read like its properties.</summary>
internal sealed class ZoneHolding : Shape, IZoneHolding
{
    public Zones Zones { get; } = new();

    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        base.TryGetMember(binder, out result);
        result ??= Zones[binder.Name];

        return true;
    }
}
