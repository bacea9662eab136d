#nullable disable // As the real one: an override is free to say what may be null.

using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement.Handlers;

/// <summary>Contributes to how a model is displayed and edited. Null stands for nothing.</summary>
public abstract class DisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext> : DisplayDriverBase, IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>
    where TModel : class
    where TDisplayContext : BuildDisplayContext
    where TEditorContext : BuildEditorContext
    where TUpdateContext : UpdateEditorContext
{
    protected static readonly string ModelName = typeof(TModel).Name;

    /// <summary>A driver that cannot handle a model is passed over.</summary>
    public virtual bool CanHandleModel(TModel model) => true;

    public virtual Task<IDisplayResult> DisplayAsync(TModel model, TDisplayContext context) => Task.FromResult(Display(model, context));

    public virtual IDisplayResult Display(TModel model, TDisplayContext context) => null;

    public virtual Task<IDisplayResult> EditAsync(TModel model, TEditorContext context) => Task.FromResult(Edit(model, context));

    public virtual IDisplayResult Edit(TModel model, TEditorContext context) => null;

    /// <summary>Takes over what was posted, and gives the editor to show where that was not valid.</summary>
    public virtual Task<IDisplayResult> UpdateAsync(TModel model, TUpdateContext context) => Task.FromResult<IDisplayResult>(null);

    Task<IDisplayResult> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.BuildDisplayAsync(TModel model, TDisplayContext context)
        => RunAsync(model, context.HtmlFieldPrefix, () => DisplayAsync(model, context));

    Task<IDisplayResult> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.BuildEditorAsync(TModel model, TEditorContext context)
        => RunAsync(model, context.HtmlFieldPrefix, () => EditAsync(model, context));

    Task<IDisplayResult> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.UpdateEditorAsync(TModel model, TUpdateContext context)
        => RunAsync(model, context.HtmlFieldPrefix, () => UpdateAsync(model, context));

    /// <summary>Sets the prefix of the driver's fields: the name of the model.</summary>
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
