using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Registers the server type for Outlook and Microsoft 365 mailboxes.</summary>
public sealed class OutlookStartup(ShellSettings shellSettings) : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.Configure<OutlookOptions>(shellSettings.ShellConfiguration.GetSection(OutlookOptions.Section));

        services.AddDataMigration<OutlookMigrations>();
        services.AddIndexProvider<OutlookSignInIndexProvider>();
        services.AddIndexProvider<AuthorizationRequestIndexProvider>();

        OutlookHttpClientFactory.AddOutlookHttpClients(services);
        services.AddScoped<OutlookSignInStore>();
        services.AddScoped<OutlookMsalClientFactory>();
        services.AddScoped<OutlookTokenProvider>();
        services.AddScoped<AuthorizationErrors>();
        services.AddScoped<AuthorizationRequestStore>();
        services.AddScoped<OutlookSignInFlow>();
        services.AddScoped<OutlookProfileReader>();
        services.AddScoped<OutlookErrors>();
        services.AddScoped<GraphErrors>();
        services.AddScoped<OutlookCallbackAddress>();
        services.AddScoped<OutlookSettingsParser>();
        services.AddScoped<OutlookRowModelFiller>();
        services.AddScoped<IConfigurationEvents, OutlookConfigurationEventHandler>();
        services.AddSingleton<IBackgroundTask, OutlookTokenRefresh>();
        services.AddHealthChecks().AddCheck<OutlookSignInHealthCheck>(OutlookSignInHealthCheck.Name, tags: [OutlookSignInHealthCheck.AddressTag]);

        services.AddMailServerType<OutlookServerType, OutlookTransport, OutlookDisplayDriver>();
    }

    /// <inheritdoc />
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapAreaControllerRoute(
            "OutgoingMailOutlookCallback",
            OutgoingMailConstants.ModuleId,
            OutlookCallbackAddress.Path[1..],
            new { controller = "OutlookCallback", action = "Index" });
}
