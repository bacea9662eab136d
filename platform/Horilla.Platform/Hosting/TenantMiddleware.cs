using Horilla.Platform.Setup;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace Horilla.Platform.Hosting;

/// <summary>Leads a request to the tenant of its address, and runs the tenant's pipeline in a scope of it.</summary>
internal sealed class TenantMiddleware(IShellHost shellHost, IRunningShellTable table, IAutoSetup autoSetup, ILogger<TenantMiddleware> logger) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await shellHost.InitializeAsync();

        if (table.Match(context.Request.Host, context.Request.Path) is not { } settings)
        {
            await AnswerAsync(context, StatusCodes.Status404NotFound, "No site answers at this address.");

            return;
        }

        if (settings.IsUninitialized() || settings.IsInitializing())
        {
            await autoSetup.EnsureAsync(settings, context.RequestAborted);
        }

        switch (settings.State)
        {
            case TenantState.Running:
                await RunAsync(context, settings);
                break;
            case TenantState.Disabled:
                await AnswerAsync(context, StatusCodes.Status404NotFound, "This site is disabled.");
                break;
            default:
                await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "This site is not set up. The log says why its set-up did not end.");
                break;
        }
    }

    private async Task RunAsync(HttpContext context, ShellSettings settings)
    {
        var scope = await shellHost.GetScopeAsync(settings);
        var request = context.Request;
        var (path, pathBase, services) = (request.Path, request.PathBase, context.RequestServices);

        if (!string.IsNullOrEmpty(settings.RequestUrlPrefix) && request.Path.StartsWithSegments("/" + settings.RequestUrlPrefix, StringComparison.OrdinalIgnoreCase, out var matched, out var rest))
        {
            request.PathBase += matched;
            request.Path = rest;
        }

        try
        {
            await scope.UsingAsync(async current =>
            {
                context.RequestServices = current.ServiceProvider;
                var pipeline = await TenantPipeline.GetAsync(current.ShellContext);
                await pipeline.Invoke(context);

                // An error page was shown for it, but what the request did is undone all the same.
                if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
                {
                    await current.HandleExceptionAsync(error);
                }
            });
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            logger.LogError(e, "A request to '{Path}' of the tenant '{Tenant}' failed.", path.Value, settings.Name);
            context.Response.Clear();
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong, and nothing of this request was saved. The log says what it was.");
        }
        finally
        {
            (request.Path, request.PathBase, context.RequestServices) = (path, pathBase, services);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "10";
        }

        return context.Response.WriteAsync(text);
    }
}
