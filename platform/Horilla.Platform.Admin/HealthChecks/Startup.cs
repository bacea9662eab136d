using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.HealthChecks;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.HealthChecks;

[Feature("OrchardCore.HealthChecks")]
public sealed class Startup(ShellSettings settings) : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddHealthChecks();
        services.Configure<HealthChecksOptions>(settings.ShellConfiguration.GetSection("OrchardCore_HealthChecks"));
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        var options = serviceProvider.GetRequiredService<IOptions<HealthChecksOptions>>().Value;
        app.UseHealthChecks(options.Url, options.ShowDetails ? new HealthCheckOptions { ResponseWriter = WriteAsync } : new HealthCheckOptions());
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
        => context.Response.WriteAsJsonAsync(
            new
            {
                Status = report.Status.ToString(),
                Duration = report.TotalDuration,
                HealthChecks = report.Entries.Select(check => new { Name = check.Key, Status = check.Value.Status.ToString(), check.Value.Description }),
            },
            System.Text.Json.JsonSerializerOptions.Default);
}
