using Microsoft.AspNetCore.Builder;

namespace Horilla.Platform.Hosting;

/// <summary>Adds middleware that runs before a tenant's routing.</summary>
internal interface IPreRoutingMiddleware
{
    void Configure(IApplicationBuilder app);
}
