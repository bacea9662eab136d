namespace OrchardCore.Modules;

/// <summary>Assigns the type to a feature. Without the attribute, it belongs to the main feature of its module.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class FeatureAttribute(string featureName) : Attribute
{
    public string FeatureName { get; set; } = featureName;
}
