using System.Reflection;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Modules.Manifest;

namespace Horilla.Platform.Extensions;

/// <summary>An assembly that is marked as a module, with its features and the types of each.</summary>
internal sealed class ModuleInfo : IExtensionInfo
{
    public ModuleInfo(Assembly assembly, ModuleAttribute manifest)
    {
        Assembly = assembly;
        Manifest = manifest;
        Id = manifest.Id ?? assembly.GetName().Name!;

        var declared = assembly.GetCustomAttributes<FeatureAttribute>().Where(feature => feature is not ModuleAttribute).ToArray();
        Features = declared.Length == 0
            ? [new FeatureInfo(this, manifest)]
            : [.. declared.Select(feature => new FeatureInfo(this, feature))];
        MainFeature = Features.FirstOrDefault(feature => feature.Id == Id) ?? Features[0];
        Types = assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false }).ToLookup(FeatureId);
    }

    public string Id { get; }

    public Assembly Assembly { get; }

    public ModuleAttribute Manifest { get; }

    public IReadOnlyList<FeatureInfo> Features { get; }

    public FeatureInfo MainFeature { get; }

    /// <summary>The public classes by feature id.</summary>
    public ILookup<string, Type> Types { get; }

    public bool Exists => true;

    IEnumerable<IFeatureInfo> IExtensionInfo.Features => Features;

    public string FeatureId(Type type) => type.GetCustomAttribute<OrchardCore.Modules.FeatureAttribute>()?.FeatureName ?? MainFeature.Id;
}
