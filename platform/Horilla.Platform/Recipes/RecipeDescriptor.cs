using System.Text.Json.Nodes;

namespace Horilla.Platform.Recipes;

/// <summary>The content of a recipe file.</summary>
internal sealed record RecipeDescriptor(string Name, string DisplayName, bool IsSetupRecipe, IReadOnlyList<JsonObject> Steps)
{
    public const string StepNameProperty = "name";
}
