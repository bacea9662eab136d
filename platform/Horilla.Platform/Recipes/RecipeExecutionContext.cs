using System.Text.Json.Nodes;

namespace OrchardCore.Recipes.Models;

/// <summary>A step of a recipe, for its handler.</summary>
public class RecipeExecutionContext
{
    public string ExecutionId { get; set; } = "";

    /// <summary>The name of the step.</summary>
    public string Name { get; set; } = "";

    public JsonObject Step { get; set; } = [];

    /// <summary>The errors of the step. If there are any, the recipe ends with this step.</summary>
    public IList<string> Errors { get; } = [];
}
