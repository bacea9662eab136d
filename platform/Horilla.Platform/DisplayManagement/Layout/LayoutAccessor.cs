using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Layout;

internal sealed class LayoutAccessor : ILayoutAccessor
{
    private readonly ZoneHolding _layout = Create();

    public Task<IZoneHolding> GetLayoutAsync() => Task.FromResult<IZoneHolding>(_layout);

    private static ZoneHolding Create()
    {
        var layout = new ZoneHolding();
        layout.Metadata.Type = "Layout";

        return layout;
    }
}
