using Microsoft.Extensions.Logging;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement;

internal sealed class DisplayManager<TModel>(
    IEnumerable<IDisplayDriver<TModel>> drivers,
    IShapeFactory shapeFactory,
    ILayoutAccessor layoutAccessor,
    ILogger<DisplayManager<TModel>> logger) : IDisplayManager<TModel>
{
    private const string DefaultDisplayType = "Detail";

    public async Task<IShape> BuildDisplayAsync(TModel model, IUpdateModel updater, string displayType = "", string groupId = "")
    {
        var actualType = string.IsNullOrEmpty(displayType) ? DefaultDisplayType : displayType;
        var name = typeof(TModel).Name;
        var shape = Root(actualType == DefaultDisplayType ? name : $"{name}_{actualType}", actualType);
        var context = new BuildDisplayContext(shape, actualType, groupId, shapeFactory, await layoutAccessor.GetLayoutAsync(), updater);

        await ApplyAsync(driver => driver.BuildDisplayAsync(model, context), result => result.ApplyAsync(context));

        return shape;
    }

    public async Task<IShape> BuildEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "")
    {
        var shape = Root($"{typeof(TModel).Name}_Edit", "Edit");
        var context = new BuildEditorContext(shape, groupId, isNew, htmlPrefix, shapeFactory, await layoutAccessor.GetLayoutAsync(), updater);

        await ApplyAsync(driver => driver.BuildEditorAsync(model, context), result => result.ApplyAsync(context));

        return shape;
    }

    public async Task<IShape> UpdateEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "")
    {
        var shape = Root($"{typeof(TModel).Name}_Edit", "Edit");
        var context = new UpdateEditorContext(shape, groupId, isNew, htmlPrefix, shapeFactory, await layoutAccessor.GetLayoutAsync(), updater);

        await ApplyAsync(driver => driver.UpdateEditorAsync(model, context), result => result.ApplyAsync(context));

        return shape;
    }

    private static ZoneHolding Root(string shapeType, string displayType)
    {
        var shape = new ZoneHolding();
        shape.Metadata.Type = shapeType;
        shape.Metadata.DisplayType = displayType;

        return shape;
    }

    private async Task ApplyAsync(Func<IDisplayDriver<TModel>, Task<IDisplayResult?>> build, Func<IDisplayResult, Task> apply)
    {
        foreach (var driver in drivers)
        {
            try
            {
                if (await build(driver) is { } result)
                {
                    await apply(result);
                }
            }
            catch (Exception e)
            {
                // As in OrchardCore, a driver that fails affects neither the page nor the other drivers.
                logger.LogError(e, "The display driver '{Driver}' failed. Its shapes are missing from the page.", driver.GetType());
            }
        }
    }
}
