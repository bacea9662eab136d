using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Layout;

public interface ILayoutAccessor
{
    /// <summary>The layout of the request, whose zones views add to.</summary>
    Task<IZoneHolding> GetLayoutAsync();
}
