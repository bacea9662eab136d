using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Layout;

/// <summary>The layout of the request, for those who cannot wait.</summary>
internal sealed class LayoutShape(ILayoutAccessor accessor)
{
    public IZoneHolding Layout { get; } = accessor.GetLayoutAsync().GetAwaiter().GetResult();
}
