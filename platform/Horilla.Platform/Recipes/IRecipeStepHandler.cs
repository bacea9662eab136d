using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Services;

/// <summary>Each handler is given each step, and takes those that are its own.</summary>
public interface IRecipeStepHandler
{
    Task ExecuteAsync(RecipeExecutionContext context);
}
