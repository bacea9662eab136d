namespace Horilla.Platform.Setup;

/// <summary>A tenant cannot be set up; the text says why and what to change.</summary>
/// <param name="message">Why, and what to change.</param>
/// <param name="field">Which setting it is about; null for none.</param>
/// <param name="inner">What is behind it.</param>
internal sealed class TenantSetupException(string message, string? field = null, Exception? inner = null) : InvalidOperationException(message, inner)
{
    public string? Field { get; } = field;
}
