using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace Horilla.Platform.Admin.Recipes;

/// <summary>A recipe step that creates and updates roles or users by their names.</summary>
/// <typeparam name="TEntry">An entry of the step.</typeparam>
/// <param name="name">The name of the step, and of the property that contains the entries.</param>
/// <param name="noNameError">The error for an entry without a name.</param>
internal abstract class IdentityRecipeStep<TEntry>(string name, string noNameError) : NamedRecipeStepHandler(name)
{
    private readonly string _property = name;

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        // Recipes may write property names in any case.
        var entries = context.Step.FirstOrDefault(property => property.Key.Equals(_property, StringComparison.OrdinalIgnoreCase)).Value;

        foreach (var entry in entries?.ToObject<TEntry[]>() ?? [])
        {
            if (GetName(entry) is not { } entryName || string.IsNullOrWhiteSpace(entryName))
            {
                context.Errors.Add(noNameError);

                continue;
            }

            foreach (var error in (await SaveAsync(entryName, entry)).Errors)
            {
                context.Errors.Add($"{entryName}: {error.Description}");
            }
        }
    }

    /// <summary>Returns the name of an entry.</summary>
    protected abstract string? GetName(TEntry entry);

    /// <summary>Creates or updates the role or user.</summary>
    protected abstract Task<IdentityResult> SaveAsync(string name, TEntry entry);
}
