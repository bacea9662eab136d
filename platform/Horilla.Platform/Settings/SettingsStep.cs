using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Settings;

namespace Horilla.Platform.Settings;

/// <summary>The recipe step "settings": general settings by name, and the settings of features as aspects.</summary>
internal sealed class SettingsStep(ISiteService siteService) : NamedRecipeStepHandler("settings")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        var site = await siteService.LoadSiteSettingsAsync();

        foreach (var (name, value) in context.Step)
        {
            switch (name)
            {
                case "name":
                    break;
                case nameof(ISite.SiteName):
                    site.SiteName = value.ToObject<string>() ?? site.SiteName;
                    break;
                case nameof(ISite.TimeZoneId):
                    site.TimeZoneId = value.ToObject<string>();
                    break;
                case nameof(ISite.BaseUrl):
                    site.BaseUrl = value.ToObject<string>();
                    break;
                case nameof(ISite.PageSize):
                    site.PageSize = value.ToObject<int>();
                    break;
                case nameof(ISite.MaxPageSize):
                    site.MaxPageSize = value.ToObject<int>();
                    break;
                case nameof(ISite.HomeRoute):
                    site.HomeRoute = new RouteValueDictionary(value.ToObject<Dictionary<string, string?>>());
                    break;
                default:
                    site.Properties[name] = value?.DeepClone();
                    break;
            }
        }

        await siteService.UpdateSiteSettingsAsync(site);
    }
}
