namespace Horilla.Platform.Shells;

/// <summary>The file of tenants cannot be read: it was damaged, by hand most often.</summary>
internal sealed class TenantsFileException(string message, Exception? innerException) : InvalidOperationException(message, innerException);
