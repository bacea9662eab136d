using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Layout;

/// <summary>The layout of the request, for synchronous callers.</summary>
internal sealed class CurrentLayout(ILayoutAccessor accessor)
{
    public IZoneHolding Layout { get; } = accessor.GetLayoutAsync().GetAwaiter().GetResult();
}
