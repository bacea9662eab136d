using System.Globalization;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Modules.Manifest;

namespace Horilla.Platform.Extensions;

internal sealed class FeatureInfo(ModuleInfo module, FeatureAttribute manifest) : IFeatureInfo
{
    public string Id { get; } = manifest.Id ?? module.Id;

    public string Name { get; } = manifest.Name ?? manifest.Id ?? module.Id;

    public int Priority { get; } = int.TryParse(manifest.Priority, CultureInfo.InvariantCulture, out var priority) ? priority : 0;

    public string Category { get; } = manifest.Category ?? module.Manifest.Category ?? "Uncategorized";

    public string Description { get; } = manifest.Description ?? "";

    public bool DefaultTenantOnly { get; } = manifest.DefaultTenantOnly;

    public IExtensionInfo Extension { get; } = module;

    public string[] Dependencies { get; } = manifest.Dependencies;

    public bool IsAlwaysEnabled { get; } = manifest.IsAlwaysEnabled;

    public bool EnabledByDependencyOnly { get; } = manifest.EnabledByDependencyOnly;

    public override string ToString() => Id;
}
