using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Handlers;

/// <summary>The context for a display driver that contributes to a shape.</summary>
public abstract class BuildShapeContext : IBuildShapeContext
{
    protected BuildShapeContext(IShape shape, string groupId, IShapeFactory shapeFactory, IZoneHolding layout, IUpdateModel updater)
    {
        Shape = shape;
        GroupId = groupId;
        ShapeFactory = shapeFactory;
        Layout = layout;
        Updater = updater;
    }

    public IShape Shape { get; }

    public IShapeFactory ShapeFactory { get; }

    public dynamic New => ShapeFactory.New;

    public IZoneHolding Layout { get; set; }

    public string GroupId { get; }

    public IUpdateModel Updater { get; }

    public string DefaultPosition { get; set; } = "";

    public string HtmlFieldPrefix { get; protected set; } = "";
}
