namespace OrchardCore.Modules;

/// <summary>The startup only runs if all of these features are also enabled.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class RequireFeaturesAttribute(params string[] featureNames) : Attribute
{
    public IList<string> RequiredFeatureNames { get; } = featureNames;

    public static IList<string> GetRequiredFeatureNamesForType(Type type)
        => type.GetCustomAttributes(typeof(RequireFeaturesAttribute), false).Cast<RequireFeaturesAttribute>().FirstOrDefault()?.RequiredFeatureNames ?? [];
}
