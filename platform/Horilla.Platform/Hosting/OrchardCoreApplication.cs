using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

public static class OrchardCoreApplication
{
    /// <summary>Routes each request to its tenant. Call it last.</summary>
    public static IApplicationBuilder UseOrchardCore(this IApplicationBuilder app, Action<IApplicationBuilder>? configure = null)
    {
        // An application that runs from its build output finds the static files of packages through a manifest.
        // A published application has them in its wwwroot and has no manifest.
        var services = app.ApplicationServices;
        StaticWebAssetsLoader.UseStaticWebAssets(services.GetRequiredService<IWebHostEnvironment>(), services.GetRequiredService<IConfiguration>());

        configure?.Invoke(app);

        return app.UseMiddleware<TenantMiddleware>();
    }
}
