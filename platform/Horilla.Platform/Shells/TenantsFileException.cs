namespace Horilla.Platform.Shells;

/// <summary>The tenants file can't be used, usually because it was damaged when it was edited by hand.</summary>
internal sealed class TenantsFileException(string message, Exception? innerException) : InvalidOperationException(message, innerException);
