#nullable disable // As in OrchardCore, so that overrides choose their own nullability.

using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement.Handlers;

/// <summary>Contributes to the display and the editor of a model. Null means no contribution.</summary>
public abstract class DisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext> : DisplayDriverBase, IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>
    where TModel : class
    where TDisplayContext : BuildDisplayContext
    where TEditorContext : BuildEditorContext
    where TUpdateContext : UpdateEditorContext
{
    protected static readonly string ModelName = typeof(TModel).Name;

    /// <summary>Whether the driver can handle the model. If not, it is skipped.</summary>
    public virtual bool CanHandleModel(TModel model) => true;

    public virtual Task<IDisplayResult> DisplayAsync(TModel model, TDisplayContext context) => Task.FromResult(Display(model, context));

    public virtual IDisplayResult Display(TModel model, TDisplayContext context) => null;

    public virtual Task<IDisplayResult> EditAsync(TModel model, TEditorContext context) => Task.FromResult(Edit(model, context));

    public virtual IDisplayResult Edit(TModel model, TEditorContext context) => null;

    /// <summary>Updates the model from the posted form, and returns the editor to show if the form isn't valid.</summary>
    public virtual Task<IDisplayResult> UpdateAsync(TModel model, TUpdateContext context) => Task.FromResult<IDisplayResult>(null);

    Task<IDisplayResult> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.BuildDisplayAsync(TModel model, TDisplayContext context)
        => RunAsync(model, context.HtmlFieldPrefix, () => DisplayAsync(model, context));

    Task<IDisplayResult> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.BuildEditorAsync(TModel model, TEditorContext context)
        => RunAsync(model, context.HtmlFieldPrefix, () => EditAsync(model, context));

    Task<IDisplayResult> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.UpdateEditorAsync(TModel model, TUpdateContext context)
        => RunAsync(model, context.HtmlFieldPrefix, () => UpdateAsync(model, context));

    /// <summary>Sets the prefix of the driver's fields to the name of the model.</summary>
    protected virtual void BuildPrefix(TModel model, string htmlFieldPrefix)
        => Prefix = string.IsNullOrEmpty(htmlFieldPrefix) ? ModelName : $"{htmlFieldPrefix}.{ModelName}";

    private Task<IDisplayResult> RunAsync(TModel model, string htmlFieldPrefix, Func<Task<IDisplayResult>> build)
    {
        if (!CanHandleModel(model))
        {
            return Task.FromResult<IDisplayResult>(null);
        }

        BuildPrefix(model, htmlFieldPrefix);

        return build();
    }
}
