using Horilla.Platform.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Horilla.Platform.Mvc;

/// <summary>An answer without a body gets a page by its status; so does an exception, whose text goes to the log alone.</summary>
internal sealed class ErrorPages : IBeforeRouting
{
    public void Configure(IApplicationBuilder app)
    {
        app.UseExceptionHandler("/Error/500");
        app.UseStatusCodePagesWithReExecute("/Error/{0}");
    }
}
