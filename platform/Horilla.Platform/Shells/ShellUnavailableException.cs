namespace Horilla.Platform.Shells;

/// <summary>The shell of a tenant cannot be built: most often its database is down.</summary>
/// <param name="tenant">The name of the tenant.</param>
/// <param name="cause">Why.</param>
/// <param name="isNew">Whether that was found out now, and not by somebody else a moment ago.</param>
internal sealed class ShellUnavailableException(string tenant, Exception? cause, bool isNew)
    : InvalidOperationException($"The tenant '{tenant}' cannot be opened: {cause?.Message}", cause)
{
    public bool IsNew { get; } = isNew;
}
