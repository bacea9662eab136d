namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>Thrown when <see cref="NetworkPolicy"/> allows none of a host's addresses. Nothing was sent to any of them.</summary>
/// <param name="configurationError">See <see cref="ConfigurationError"/>.</param>
public sealed class NetworkNotAllowedException(string? configurationError) : Exception("This tenant isn't allowed to connect to the host's network.")
{
    /// <summary>The error in the operator's lists of networks, because of which no network is allowed; null if there is none.</summary>
    public string? ConfigurationError { get; } = configurationError;
}
