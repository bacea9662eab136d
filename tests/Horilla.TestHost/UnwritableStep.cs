using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace Horilla.TestHost;

/// <summary>The recipe step "test-unwritable": from then on, tenant settings can't be written.</summary>
public sealed class UnwritableStep(IOptions<ShellOptions> options) : NamedRecipeStepHandler("test-unwritable")
{
    protected override Task HandleAsync(RecipeExecutionContext context)
    {
        var file = Path.Combine(options.Value.ShellsApplicationDataPath, "tenants.json");
        File.Move(file, file + ".aside");
        Directory.CreateDirectory(file);

        return Task.CompletedTask;
    }
}
