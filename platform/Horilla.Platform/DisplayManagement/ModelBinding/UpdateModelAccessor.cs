namespace OrchardCore.DisplayManagement.ModelBinding;

internal sealed class UpdateModelAccessor : IUpdateModelAccessor
{
    private IUpdateModel? _updater;

    public IUpdateModel ModelUpdater
    {
        get => _updater ?? throw new InvalidOperationException("The model updater is only available in controller actions.");
        set => _updater = value;
    }
}
