using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Layout;

public interface ILayoutAccessor
{
    /// <summary>Returns the layout of the request. Views add shapes to its zones.</summary>
    Task<IZoneHolding> GetLayoutAsync();
}
