using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Services;

/// <summary>Handles steps of recipes. Each handler receives every step and handles only its own.</summary>
public interface IRecipeStepHandler
{
    Task ExecuteAsync(RecipeExecutionContext context);
}
