using Microsoft.Extensions.DependencyInjection;
using OrchardCore;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace Horilla.Platform.Recipes;

/// <summary>Runs the steps of a recipe on a tenant, each in its own scope, so that a step has the features that an earlier one enabled.</summary>
internal static class RecipeExecutor
{
    /// <summary>Runs the steps of a recipe in a tenant.</summary>
    /// <exception cref="InvalidOperationException">A step reported errors or has no name.</exception>
    public static async Task RunAsync(RecipeDescriptor recipe, IShellHost shellHost, ShellSettings settings)
    {
        var executionId = IdGenerator.GenerateId();

        foreach (var step in recipe.Steps)
        {
            var name = step[RecipeDescriptor.StepNameProperty]?.ToString() ?? throw new InvalidOperationException($"A step of the recipe '{recipe.Name}' has no name.");
            var context = new RecipeExecutionContext { ExecutionId = executionId, Name = name, Step = step };
            var scope = await shellHost.GetScopeAsync(settings);

            await scope.UsingAsync(async current =>
            {
                foreach (var handler in current.ServiceProvider.GetServices<IRecipeStepHandler>())
                {
                    await handler.ExecuteAsync(context);
                }
            });

            if (context.Errors.Count > 0)
            {
                throw new InvalidOperationException($"The step '{name}' of the recipe '{recipe.Name}' failed: {string.Join(" ", context.Errors)}");
            }
        }
    }
}
