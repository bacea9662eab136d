using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;

namespace Horilla.Platform.Recipes;

/// <summary>Reads the recipes of the host: <c>Recipes/*.recipe.json</c> below its content root.</summary>
internal sealed class RecipeHarvester(IHostEnvironment environment)
{
    private string Folder => Path.Combine(environment.ContentRootPath, "Recipes");

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Returns the recipes that tenants can be set up with, sorted by display name.</summary>
    public async Task<IReadOnlyList<RecipeDescriptor>> SetupRecipesAsync()
    {
        var recipes = new List<RecipeDescriptor>();

        foreach (var file in Files())
        {
            recipes.Add(await ReadAsync(file));
        }

        return [.. recipes.Where(recipe => recipe.IsSetupRecipe).OrderBy(recipe => recipe.DisplayName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Returns the recipe with a name.</summary>
    /// <exception cref="InvalidOperationException">There is no recipe with this name, or a file isn't a valid recipe.</exception>
    public async Task<RecipeDescriptor> FindAsync(string name)
    {
        foreach (var file in Files())
        {
            var recipe = await ReadAsync(file);

            if (string.Equals(recipe.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return recipe;
            }
        }

        throw new InvalidOperationException($"There is no recipe '{name}' in the folder '{Folder}'.");
    }

    private string[] Files() => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.recipe.json") : [];

    private static async Task<RecipeDescriptor> ReadAsync(string file)
    {
        try
        {
            var json = JsonNode.Parse(await File.ReadAllTextAsync(file), new JsonNodeOptions { PropertyNameCaseInsensitive = true }, Lenient)!.AsObject();
            var steps = json["steps"]?.AsArray().Select(step => step!.AsObject()) ?? [];

            return new RecipeDescriptor(json["name"]!.ToString(), json["displayName"]?.ToString() ?? json["name"]!.ToString(), json["issetuprecipe"]?.GetValue<bool>() ?? false, [.. steps]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidOperationException($"The file '{file}' isn't a valid recipe: {e.Message}", e);
        }
    }
}
