namespace Microsoft.Extensions.DependencyInjection;

public static class OrchardCoreBuilderExtensions
{
    /// <summary>Adds the features that serve a tenant that isn't set up yet.</summary>
    public static OrchardCoreBuilder AddSetupFeatures(this OrchardCoreBuilder builder, params string[] featureIds)
    {
        builder.Features.Setup.AddRange(featureIds);

        return builder;
    }

    /// <summary>Adds features that are enabled in every tenant.</summary>
    public static OrchardCoreBuilder AddGlobalFeatures(this OrchardCoreBuilder builder, params string[] featureIds)
    {
        builder.Features.AlwaysEnabled.AddRange(featureIds);

        return builder;
    }
}
