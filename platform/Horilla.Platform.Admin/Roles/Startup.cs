using Horilla.Platform.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

[Feature("OrchardCore.Roles")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<CachedDocument<RolesDocument>>();
        services.AddScoped<RoleStereotypes>();
        services.TryAddScoped<PermissionGrantPolicy>();
        services.AddScoped<IRoleValidator<IRole>, ConfusableRoleNameValidator>();
        services.AddScoped<IRoleStore<IRole>, RoleStore>();
        services.AddScoped<IRoleService, RoleService>();
        services.AddScoped<IModularTenantEvents, RoleUpdater>();
        services.AddRecipeExecutionStep<RolesStep>();
        services.AddPermissionProvider<RolesPermissionProvider>();
        services.AddNavigationProvider<RolesMenu>();
    }
}
