using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Horilla.Platform.Mvc;

internal sealed class StaticFilesMiddleware(ModuleFileProvider files) : IPreRoutingMiddleware
{
    /// <summary>The content of a URL with a version never changes.</summary>
    public void Configure(IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = files,
        OnPrepareResponse = response => response.Context.Response.Headers.CacheControl =
            response.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    });
}
