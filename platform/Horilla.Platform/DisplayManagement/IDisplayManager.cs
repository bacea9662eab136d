using OrchardCore.DisplayManagement.ModelBinding;

namespace OrchardCore.DisplayManagement;

/// <summary>Has the drivers of a model build what shows it, edits it, or takes over an edit.</summary>
public interface IDisplayManager<TModel>
{
    /// <param name="model">What to show.</param>
    /// <param name="updater">The model binder of the request.</param>
    /// <param name="displayType">Detail where empty.</param>
    /// <param name="groupId">Shows only shapes of this group; where empty, those without a group.</param>
    Task<IShape> BuildDisplayAsync(TModel model, IUpdateModel updater, string displayType = "", string groupId = "");

    Task<IShape> BuildEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "");

    /// <summary>Whether it was valid, the updater's model state tells.</summary>
    Task<IShape> UpdateEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "");
}
