using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Security;

/// <summary>Registers authentication, without a way to sign in, and authorization by permissions.</summary>
internal sealed class SecurityStartup : StartupBase
{
    public override int Order => -100;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddScoped<IRoleService, NullRoleService>();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
