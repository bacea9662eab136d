using Horilla.Platform.Shells;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Recipes;

namespace Horilla.Platform.Recipes;

internal sealed class RecipesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<EnabledFeatures>();
        services.AddRecipeExecutionStep<FeatureStep>();
    }
}
