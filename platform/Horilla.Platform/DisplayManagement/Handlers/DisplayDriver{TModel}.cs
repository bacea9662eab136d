namespace OrchardCore.DisplayManagement.Handlers;

/// <inheritdoc cref="DisplayDriver{TModel, TDisplayContext, TEditorContext, TUpdateContext}"/>
public abstract class DisplayDriver<TModel> : DisplayDriver<TModel, BuildDisplayContext, BuildEditorContext, UpdateEditorContext>, IDisplayDriver<TModel>
    where TModel : class
{
}
