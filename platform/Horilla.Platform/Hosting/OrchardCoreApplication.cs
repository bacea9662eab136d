using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

public static class OrchardCoreApplication
{
    /// <summary>Leads every request that gets here to its tenant. Comes last.</summary>
    public static IApplicationBuilder UseOrchardCore(this IApplicationBuilder app, Action<IApplicationBuilder>? configure = null)
    {
        // Static files of packages are found by a manifest where the application is run from its build output;
        // a published application has them in its wwwroot, and no manifest.
        var services = app.ApplicationServices;
        StaticWebAssetsLoader.UseStaticWebAssets(services.GetRequiredService<IWebHostEnvironment>(), services.GetRequiredService<IConfiguration>());

        configure?.Invoke(app);

        return app.UseMiddleware<TenantMiddleware>();
    }
}
