using System.Runtime.ExceptionServices;
using Horilla.Platform.Databases;
using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Mvc;

/// <summary>Shows an error page for responses without a body and for exceptions. The text of an exception only goes to the log.</summary>
internal sealed class ErrorPagesMiddleware(ShellSettings settings, TenantDatabaseProviders databases) : IPreRoutingMiddleware
{
    public void Configure(IApplicationBuilder app)
    {
        app.UseExceptionHandler("/Error/500");
        app.UseStatusCodePagesWithReExecute("/Error/{0}");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception e) when (!context.Response.HasStarted && (e is BadHttpRequestException || (e is InvalidDataException && context.Request.HasFormContentType)))
            {
                // The form has too many fields, or fields that are too large: the request is at fault.
                context.Response.Clear();
                context.Response.StatusCode = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            }
            catch (NotSupportedException) when (!context.Response.HasStarted && context.Request.HasFormContentType && context.Features.Get<IFormFeature>()?.Form is null)
            {
                // A part of the form has an unsupported encoding, such as UTF-7.
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            }
            catch (Exception e) when (!context.Response.HasStarted && databases.IsUnavailable(settings, e))
            {
                // A page of the site would also need the database, so TenantMiddleware responds instead.
                context.Features.Set(new DatabaseUnavailableFeature(ExceptionDispatchInfo.Capture(e)));
            }
        });
    }
}
