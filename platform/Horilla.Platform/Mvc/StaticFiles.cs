using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Horilla.Platform.Mvc;

internal sealed class StaticFiles(ModuleFiles files) : IBeforeRouting
{
    /// <summary>An address with a version never changes what it leads to.</summary>
    public void Configure(IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = files,
        OnPrepareResponse = response => response.Context.Response.Headers.CacheControl =
            response.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    });
}
