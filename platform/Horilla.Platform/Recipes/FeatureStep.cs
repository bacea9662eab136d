using System.Text.Json.Nodes;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Descriptor.Models;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace Horilla.Platform.Recipes;

/// <summary>The recipe step "feature": enables features with their dependencies, and disables features with those that depend on them.</summary>
internal sealed class FeatureStep(IExtensionManager extensions, ShellDescriptorManager features, ShellSettings settings, ILogger<FeatureStep> logger) : NamedRecipeStepHandler("feature")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        var step = context.Step.ToObject<Step>()!;
        var known = extensions.GetFeatures().Select(feature => feature.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);

        foreach (var unknown in step.Enable.Where(id => !known.Contains(id)))
        {
            // A recipe for both platforms can name OrchardCore features that this platform doesn't need.
            logger.Log(
                unknown.StartsWith("OrchardCore.", StringComparison.OrdinalIgnoreCase) ? LogLevel.Debug : LogLevel.Warning,
                "The recipe enables the feature '{Feature}', which this host doesn't have.",
                unknown);
        }

        var disabled = step.Disable.SelectMany(extensions.GetDependentFeatures).Select(feature => feature.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var descriptor = await features.LoadAsync();
        var enabled = descriptor.Features.Select(feature => feature.Id).Concat(step.Enable);
        descriptor.Features = [.. extensions.GetFeatures(enabled).Where(feature => !disabled.Contains(feature.Id) && (!feature.DefaultTenantOnly || settings.IsDefaultShell())).Select(feature => new ShellFeature(feature.Id))];
        await features.UpdateAsync(descriptor);
    }

    private sealed class Step
    {
        public string[] Enable { get; set; } = [];

        public string[] Disable { get; set; } = [];
    }
}
