using System.Text.Json.Nodes;

namespace Horilla.Platform.Recipes;

/// <summary>A recipe as it stands in its file.</summary>
internal sealed record Recipe(string Name, string DisplayName, bool IsSetupRecipe, IReadOnlyList<JsonObject> Steps)
{
    public const string NameOfStep = "name";
}
