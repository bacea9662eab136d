using System.Text.Encodings.Web;
using Horilla.Platform.Databases;
using Horilla.Platform.Setup;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Platform.Hosting;

/// <summary>Finds the tenant for the address of a request, and runs the tenant's pipeline in a scope of the tenant.</summary>
internal sealed class TenantMiddleware(
    IShellHost shellHost,
    IRunningShellTable table,
    HostFeatures features,
    IAutoSetup autoSetup,
    TenantSetup setup,
    TenantDatabaseProviders databases,
    TenantOutages outages,
    ILogger<TenantMiddleware> logger) : IMiddleware
{
    private const string SetupFeature = "OrchardCore.Setup";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await shellHost.InitializeAsync();

        if (table.Match(context.Request.Host, context.Request.Path) is not { } settings)
        {
            SecurityHeaders.AddOnStarting(context, null);
            await WriteResponseAsync(context, StatusCodes.Status404NotFound, "There is no site at this address.");

            return;
        }

        SecurityHeaders.AddOnStarting(context, settings);

        if (FormContentTypeValidator.GetErrorStatus(context.Request) is { } status)
        {
            await WriteResponseAsync(context, status, "This form can't be read. Send it as UTF-8, as browsers do.");

            return;
        }

        using var logged = TenantLogScope.Begin(logger, settings.Name);
        var isConfigured = false;

        if (settings.IsUninitialized())
        {
            isConfigured = await autoSetup.EnsureAsync(settings.Name, context.RequestAborted);
            settings = shellHost.TryGetSettings(settings.Name, out var current) ? current : settings;
        }

        switch (settings.State)
        {
            case TenantState.Running:
            case TenantState.Uninitialized when !isConfigured && features.Setup.Contains(SetupFeature) && !setup.IsRunning(settings):
                await RunAsync(context, settings);
                break;
            case TenantState.Disabled:
                await WriteResponseAsync(context, StatusCodes.Status404NotFound, "This site is disabled.");
                break;
            default:
                await WriteResponseAsync(context, StatusCodes.Status503ServiceUnavailable, setup.IsRunning(settings)
                    ? "This site is being set up. Try again in a moment."
                    : "This site isn't set up. For details, see the log.");
                break;
        }
    }

    private async Task RunAsync(HttpContext context, ShellSettings settings)
    {
        ShellScope scope;

        try
        {
            scope = await shellHost.GetScopeAsync(settings);
        }
        catch (ShellUnavailableException e)
        {
            if (e.IsNew)
            {
                logger.LogError(e, "The tenant '{Tenant}' can't be opened. A later request tries again.", settings.Name);
            }

            await WriteUnavailableAsync(context, settings);

            return;
        }

        var request = context.Request;
        var (path, pathBase, services) = (request.Path, request.PathBase, context.RequestServices);

        if (!string.IsNullOrEmpty(settings.RequestUrlPrefix) && request.Path.StartsWithSegments("/" + settings.RequestUrlPrefix, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            // Use the prefix as configured, not as typed, so that links and cookies always have the same form.
            request.PathBase = request.PathBase.Add("/" + settings.RequestUrlPrefix);
            request.Path = rest;
        }

        try
        {
            await scope.UsingAsync(current => RunPipelineAsync(context, current));
        }
        catch (Exception e) when (!context.Response.HasStarted && databases.IsUnavailable(settings, e))
        {
            logger.LogError(e, "A request to '{Path}' of the tenant '{Tenant}' failed because its database is unavailable.", path.Value, settings.Name);
            context.Response.Clear();
            await WriteUnavailableAsync(context, settings);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            logger.LogError(e, "A request to '{Path}' of the tenant '{Tenant}' failed.", path.Value, settings.Name);
            context.Response.Clear();
            await WriteResponseAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong. Nothing from this request was saved. For details, see the log.");
        }
        finally
        {
            (request.Path, request.PathBase, context.RequestServices) = (path, pathBase, services);
        }
    }

    private static async Task RunPipelineAsync(HttpContext context, ShellScope scope)
    {
        context.RequestServices = scope.ServiceProvider;
        var pipeline = await TenantPipeline.GetAsync(scope.ShellContext);
        await pipeline.Invoke(context);
        context.Features.Get<DatabaseUnavailableFeature>()?.Failure.Throw();

        // An error page was rendered, but the changes of the request must still be rolled back.
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
        {
            await scope.HandleExceptionAsync(error);
        }
    }

    private Task WriteUnavailableAsync(HttpContext context, ShellSettings settings)
    {
        outages.Record(settings.Name);

        return WriteResponseAsync(context, StatusCodes.Status503ServiceUnavailable, "This site is temporarily unavailable. Try again in a moment. If that doesn't help, contact the operator, who can find details in the log.");
    }

    private static Task WriteResponseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "10";
        }

        return context.Response.WriteAsync(
            $"""
             <!DOCTYPE html>
             <html lang="en">
             <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{status}</title></head>
             <body><h1>{status}</h1><p>{HtmlEncoder.Default.Encode(text)}</p></body>
             </html>
             """);
    }
}
