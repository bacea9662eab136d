namespace Horilla.Platform.Shells;

/// <summary>The shell of a tenant can't be built, usually because its database is down.</summary>
/// <param name="tenant">The name of the tenant.</param>
/// <param name="cause">The cause, or null if it is unknown.</param>
/// <param name="isNew">Whether the failure is new, and not a repetition of one from a moment ago.</param>
internal sealed class ShellUnavailableException(string tenant, Exception? cause, bool isNew)
    : InvalidOperationException($"The tenant '{tenant}' can't be opened: {cause?.Message}", cause)
{
    public bool IsNew { get; } = isNew;
}
