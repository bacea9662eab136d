using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

/// <summary>Sets a tenant up by configuration, at its first request.</summary>
internal interface IAutoSetup
{
    Task EnsureAsync(ShellSettings settings, CancellationToken cancellationToken);
}
