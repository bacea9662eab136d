using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;

namespace Horilla.Platform.Extensions;

internal sealed class ExtensionManager : IExtensionManager, ITypeFeatureProvider
{
    private readonly Dictionary<string, FeatureInfo> _features;
    private readonly IFeatureInfo[] _ordered;

    public ExtensionManager(IEnumerable<ModuleInfo> modules)
    {
        Modules = [.. modules];
        _features = Modules.SelectMany(module => module.Features).ToDictionary(feature => feature.Id, StringComparer.OrdinalIgnoreCase);
        _ordered = OrderByDependencies();
    }

    public IReadOnlyList<ModuleInfo> Modules { get; }

    public IEnumerable<IExtensionInfo> GetExtensions() => Modules;

    public IEnumerable<IFeatureInfo> GetFeatures() => _ordered;

    public IEnumerable<IFeatureInfo> GetFeatures(IEnumerable<string> featureIdsToLoad)
    {
        var wanted = featureIdsToLoad.SelectMany(GetFeatureDependencies).ToHashSet();

        return _ordered.Where(wanted.Contains);
    }

    public IEnumerable<IFeatureInfo> GetFeatureDependencies(string featureId)
    {
        if (!_features.TryGetValue(featureId, out var start))
        {
            return [];
        }

        var found = new HashSet<IFeatureInfo>();
        Visit(start);

        return _ordered.Where(found.Contains);

        void Visit(IFeatureInfo feature)
        {
            if (found.Add(feature))
            {
                foreach (var id in feature.Dependencies)
                {
                    if (_features.TryGetValue(id, out var dependency))
                    {
                        Visit(dependency);
                    }
                }
            }
        }
    }

    public IEnumerable<IFeatureInfo> GetDependentFeatures(string featureId)
        => _ordered.Where(feature => GetFeatureDependencies(feature.Id).Any(dependency => IdEquals(dependency.Id, featureId)));

    public IFeatureInfo GetFeatureForDependency(Type dependency)
    {
        var module = Modules.FirstOrDefault(candidate => candidate.Assembly == dependency.Assembly)
            ?? throw new InvalidOperationException($"The type '{dependency}' doesn't belong to a module.");

        return module.Features.FirstOrDefault(feature => IdEquals(feature.Id, module.FeatureId(dependency)))
            ?? throw new InvalidOperationException($"The type '{dependency}' belongs to the feature '{module.FeatureId(dependency)}', which its module '{module.Id}' doesn't declare.");
    }

    public IEnumerable<Type> GetTypesForFeature(IFeatureInfo feature) => ((ModuleInfo)feature.Extension).Types[feature.Id];

    private static bool IdEquals(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the features with dependencies first, then by priority, then in the order of discovery.</summary>
    private IFeatureInfo[] OrderByDependencies()
    {
        var ordered = new List<IFeatureInfo>();
        var placed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var visiting = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        foreach (var feature in _features.Values.OrderBy(feature => feature.Priority))
        {
            Place(feature);
        }

        return [.. ordered];

        void Place(FeatureInfo feature)
        {
            if (placed.Contains(feature.Id))
            {
                return;
            }

            if (!visiting.Add(feature.Id))
            {
                throw new InvalidOperationException($"The feature '{feature.Id}' depends on itself, directly or through other features.");
            }

            foreach (var id in feature.Dependencies)
            {
                if (_features.TryGetValue(id, out var dependency))
                {
                    Place(dependency);
                }
            }

            placed.Add(feature.Id);
            ordered.Add(feature);
        }
    }
}
