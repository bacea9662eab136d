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

/// <summary>Leads a request to the tenant of its address, and runs the tenant's pipeline in a scope of it.</summary>
internal sealed class TenantMiddleware(
    IShellHost shellHost,
    IRunningShellTable table,
    HostFeatures features,
    IAutoSetup autoSetup,
    TenantSetup setup,
    TenantDatabases databases,
    ILogger<TenantMiddleware> logger) : IMiddleware
{
    private const string SetupFeature = "OrchardCore.Setup";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await shellHost.InitializeAsync();

        if (table.Match(context.Request.Host, context.Request.Path) is not { } settings)
        {
            SecurityHeaders.SetWhenAnswered(context, null);
            await AnswerAsync(context, StatusCodes.Status404NotFound, "No site answers at this address.");

            return;
        }

        SecurityHeaders.SetWhenAnswered(context, settings);

        if (FormEncodings.StatusOf(context.Request) is { } status)
        {
            await AnswerAsync(context, status, "This form can't be read: send it as UTF-8, as browsers do.");

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
                await AnswerAsync(context, StatusCodes.Status404NotFound, "This site is disabled.");
                break;
            default:
                await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, setup.IsRunning(settings)
                    ? "This site is being set up. Try again in a moment."
                    : "This site is not set up. The log says why its set-up did not end.");
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
                logger.LogError(e, "The tenant '{Tenant}' cannot be opened. It is tried again.", settings.Name);
            }

            await AnswerUnavailableAsync(context);

            return;
        }

        var request = context.Request;
        var (path, pathBase, services) = (request.Path, request.PathBase, context.RequestServices);

        if (!string.IsNullOrEmpty(settings.RequestUrlPrefix) && request.Path.StartsWithSegments("/" + settings.RequestUrlPrefix, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            // As it is configured, however it was typed: links and cookies have one form.
            request.PathBase = request.PathBase.Add("/" + settings.RequestUrlPrefix);
            request.Path = rest;
        }

        try
        {
            await scope.UsingAsync(async current =>
            {
                context.RequestServices = current.ServiceProvider;
                var pipeline = await TenantPipeline.GetAsync(current.ShellContext);
                await pipeline.Invoke(context);
                context.Features.Get<UnavailableDatabase>()?.Failure.Throw();

                // An error page was shown for it, but what the request did is undone all the same.
                if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
                {
                    await current.HandleExceptionAsync(error);
                }
            });
        }
        catch (Exception e) when (!context.Response.HasStarted && databases.IsUnavailable(settings, e))
        {
            logger.LogError(e, "A request to '{Path}' of the tenant '{Tenant}' failed, for its database is not available.", path.Value, settings.Name);
            context.Response.Clear();
            await AnswerUnavailableAsync(context);
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

    private static Task AnswerUnavailableAsync(HttpContext context)
        => AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "This site is not available at the moment. Try again in a little while; if that does not help, tell who runs it. The log says why.");

    private static Task AnswerAsync(HttpContext context, int status, string text)
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
