using System.Runtime.ExceptionServices;
using Horilla.Platform.Databases;
using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Mvc;

/// <summary>An answer without a body gets a page by its status; so does an exception, whose text goes to the log alone.</summary>
internal sealed class ErrorPages(ShellSettings settings, TenantDatabases databases) : IBeforeRouting
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
                // A form with more fields, or larger ones, than are read: the request is to blame.
                context.Response.Clear();
                context.Response.StatusCode = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            }
            catch (NotSupportedException) when (!context.Response.HasStarted && context.Request.HasFormContentType && context.Features.Get<IFormFeature>()?.Form is null)
            {
                // A part of a form in an encoding that is not read, such as UTF-7.
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            }
            catch (Exception e) when (!context.Response.HasStarted && databases.IsUnavailable(settings, e))
            {
                // A page of the site would need the database too: who leads requests to tenants answers instead.
                context.Features.Set(new UnavailableDatabase(ExceptionDispatchInfo.Capture(e)));
            }
        });
    }
}
