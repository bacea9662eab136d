namespace OrchardCore.Modules;

/// <summary>The type belongs to this feature; without the attribute it belongs to its module's main feature.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class FeatureAttribute(string featureName) : Attribute
{
    public string FeatureName { get; set; } = featureName;
}
