namespace OrchardCore.DisplayManagement.ModelBinding;

internal sealed class UpdateModelAccessor : IUpdateModelAccessor
{
    private IUpdateModel? _updater;

    public IUpdateModel ModelUpdater
    {
        get => _updater ?? throw new InvalidOperationException("There is no model binder outside of the action of a controller.");
        set => _updater = value;
    }
}
