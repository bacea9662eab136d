using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The type for mailboxes of Outlook and Microsoft 365.</summary>
public sealed class OutlookStartup(ShellSettings shellSettings) : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.Configure<OutlookOptions>(shellSettings.ShellConfiguration.GetSection(OutlookOptions.Section));

        services.AddDataMigration<OutlookMigrations>();
        services.AddIndexProvider<OutlookSignInIndexProvider>();
        services.AddIndexProvider<PendingSignInIndexProvider>();

        OutlookHttp.AddTo(services);
        services.AddScoped<OutlookSignIns>();
        services.AddScoped<OutlookTokens>();
        services.AddScoped<OutlookSignInFlow>();
        services.AddScoped<OutlookProfile>();
        services.AddScoped<OutlookFailures>();
        services.AddScoped<GraphFailures>();
        services.AddScoped<OutlookCallbackAddress>();
        services.AddScoped<OutlookRows>();
        services.AddScoped<IConfigurationEvents, OutlookConfigurationEvents>();
        services.AddSingleton<IBackgroundTask, OutlookTokenRefresh>();
        services.AddHealthChecks().AddCheck<OutlookSignInsHealthCheck>(OutlookSignInsHealthCheck.Name);

        services.AddScoped<IMailServerType, OutlookServerType>();
        services.AddScoped<IMailTransport, OutlookTransport>();
        services.AddDisplayDriver<OutgoingMailConfiguration, OutlookDisplayDriver>();
    }

    /// <inheritdoc />
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapAreaControllerRoute(
            "OutgoingMailOutlookCallback",
            "Horilla.Modules.OutgoingMail",
            OutlookCallbackAddress.Path[1..],
            new { controller = "OutlookCallback", action = "Index" });
}
