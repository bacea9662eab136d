using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Platform.Shells;

internal sealed class ShellReleaseManager(IShellHost shellHost, ShellSettings settings) : IShellReleaseManager
{
    private bool _requested;
    private bool _registered;

    public void RequestRelease()
    {
        _requested = true;

        if (!_registered)
        {
            _registered = true;
            ShellScope.RegisterBeforeDispose(_ => _requested ? shellHost.ReleaseShellContextAsync(settings) : Task.CompletedTask, last: true);
        }
    }

    public void SuspendReleaseRequest() => _requested = false;
}
