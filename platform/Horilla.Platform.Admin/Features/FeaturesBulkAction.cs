namespace Horilla.Platform.Admin.Features;

/// <summary>A bulk action on features.</summary>
public enum FeaturesBulkAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Enable them.</summary>
    Enable,

    /// <summary>Disable them.</summary>
    Disable,

    /// <summary>Enable those that are disabled, and disable the others.</summary>
    Toggle,
}
