using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

/// <summary>A module.</summary>
public interface IExtensionInfo
{
    string Id { get; }

    IEnumerable<IFeatureInfo> Features { get; }

    bool Exists { get; }
}
