using OrchardCore.DisplayManagement.ModelBinding;

namespace OrchardCore.DisplayManagement;

/// <summary>Builds the display and the editor of a model with its drivers, and updates the model from the editor.</summary>
public interface IDisplayManager<TModel>
{
    /// <summary>Builds the shapes that display a model.</summary>
    /// <param name="model">The model to display.</param>
    /// <param name="updater">The model updater of the request.</param>
    /// <param name="displayType">The display type; empty for Detail.</param>
    /// <param name="groupId">Shows only the shapes of this group; if empty, only those without a group.</param>
    Task<IShape> BuildDisplayAsync(TModel model, IUpdateModel updater, string displayType = "", string groupId = "");

    Task<IShape> BuildEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "");

    /// <summary>Updates the model from the posted editor. The updater's model state shows whether it was valid.</summary>
    Task<IShape> UpdateEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "");
}
