namespace Horilla.Platform.Shells;

/// <summary>The features that the host configures in its Program.cs.</summary>
internal sealed class HostFeatures
{
    /// <summary>Enabled in every tenant.</summary>
    public List<string> AlwaysEnabled { get; } = [];

    /// <summary>The features that serve a tenant that isn't set up yet.</summary>
    public List<string> Setup { get; } = [];
}
