namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>None of a host's addresses is one that <see cref="NetworkPolicy"/> allows. Nothing was sent to any of them.</summary>
/// <param name="settingsProblem">See <see cref="SettingsProblem"/>.</param>
public sealed class NetworkNotAllowedException(string? settingsProblem) : Exception("The host is in a network that this tenant may not connect to.")
{
    /// <summary>What is wrong with the operator's lists of networks, so that none is allowed; null for nothing.</summary>
    public string? SettingsProblem { get; } = settingsProblem;
}
