namespace Microsoft.Extensions.DependencyInjection;

public static class OrchardCoreBuilderExtensions
{
    /// <summary>The features that serve a tenant that is not set up yet.</summary>
    public static OrchardCoreBuilder AddSetupFeatures(this OrchardCoreBuilder builder, params string[] featureIds)
    {
        builder.Features.Setup.AddRange(featureIds);

        return builder;
    }

    /// <summary>Features that every tenant has enabled.</summary>
    public static OrchardCoreBuilder AddGlobalFeatures(this OrchardCoreBuilder builder, params string[] featureIds)
    {
        builder.Features.AlwaysEnabled.AddRange(featureIds);

        return builder;
    }
}
