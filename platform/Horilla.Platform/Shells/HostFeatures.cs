namespace Horilla.Platform.Shells;

/// <summary>The features that the host's program names.</summary>
internal sealed class HostFeatures
{
    /// <summary>Enabled in every tenant.</summary>
    public List<string> AlwaysEnabled { get; } = [];

    /// <summary>What serves a tenant that is not set up yet.</summary>
    public List<string> Setup { get; } = [];
}
