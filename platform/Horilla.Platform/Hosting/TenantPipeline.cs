using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;

namespace Horilla.Platform.Hosting;

/// <summary>The middleware of one tenant, built at its first request.</summary>
internal sealed class TenantPipeline(RequestDelegate next) : IShellPipeline
{
    public static async Task<IShellPipeline> GetAsync(ShellContext shell)
    {
        if (shell.Pipeline is { } built)
        {
            return built;
        }

        await shell.Gate.WaitAsync();

        try
        {
            return shell.Pipeline ??= Build(shell);
        }
        finally
        {
            shell.Gate.Release();
        }
    }

    public Task Invoke(object context) => next((HttpContext)context);

    private static TenantPipeline Build(ShellContext shell)
    {
        var app = new ApplicationBuilder(shell.ServiceProvider);
        var startups = shell.ServiceProvider.GetServices<IStartup>().OrderBy(startup => startup.ConfigureOrder).ToArray();

        // Error pages and static files come before routing; the middleware of features comes after it.
        foreach (var first in shell.ServiceProvider.GetServices<IPreRoutingMiddleware>())
        {
            first.Configure(app);
        }

        app.UseRouting();
        var routes = (IEndpointRouteBuilder)app.Properties["__EndpointRouteBuilder"]!;

        foreach (var startup in startups)
        {
            startup.Configure(app, routes, ShellScope.Services);
        }

        app.UseEndpoints(_ => { });

        return new TenantPipeline(app.Build());
    }
}
