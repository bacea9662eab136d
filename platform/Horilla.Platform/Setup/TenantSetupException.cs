namespace Horilla.Platform.Setup;

/// <summary>A tenant can't be set up. The message says why and what to change.</summary>
/// <param name="message">Why, and what to change.</param>
/// <param name="field">The setting that it is about, or null if there is none.</param>
/// <param name="inner">The cause, or null if there is none.</param>
internal sealed class TenantSetupException(string message, string? field = null, Exception? inner = null) : InvalidOperationException(message, inner)
{
    public string? Field { get; } = field;
}
