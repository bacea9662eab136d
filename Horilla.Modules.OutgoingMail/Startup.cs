using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.Sending.Email;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail;

/// <summary>What all types of mail servers share.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddNavigationProvider<AdminMenu>();
        services.AddPermissionProvider<OutgoingMailPermissionProvider>();

        services.AddDataMigration<ConfigurationMigrations>();
        services.AddIndexProvider<OutgoingMailConfigurationIndexProvider>();
        services.AddSingleton<ConfigurationCache>();
        services.AddScoped<ConfigurationManager>();
        services.AddSingleton<SecretProtector>();

        services.AddDataMigration<LastDeliveryMigrations>();
        services.AddIndexProvider<LastDeliveryIndexProvider>();
        services.AddSingleton<DeliveryWriteThrottle>();
        services.AddScoped<LastDeliveries>();
        services.AddScoped<IConfigurationEvents>(provider => provider.GetRequiredService<LastDeliveries>());
        services.AddHealthChecks().AddCheck<LastDeliveriesHealthCheck>(LastDeliveriesHealthCheck.Name);
        services.AddMetrics();
        services.AddSingleton<OutgoingMailTelemetry>();
        services.AddScoped<OutgoingMailService>();
        services.AddScoped<IOutgoingMailService>(provider => provider.GetRequiredService<OutgoingMailService>());
        services.AddScoped<ManyMails>();
        services.AddScoped<ServerChoice>();
        services.AddScoped<MessageComposer>();
        services.AddScoped<MessageErrors>();
        services.AddScoped<MailEvents>();

        services.TryAddSingleton(TimeProvider.System);

        services.AddScoped<ListContext>();
        services.AddScoped<PostedForm>();
        services.AddScoped<EditConflicts>();
        services.AddDisplayDriver<OutgoingMailConfiguration, ConfigurationDisplayDriver>();
    }
}

/// <summary>The provider of OrchardCore's own e-mail service, where that is enabled.</summary>
[RequireFeatures("OrchardCore.Email")]
public sealed class EmailStartup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<MailMessageReader>();
        services.AddEmailProvider<OutgoingMailEmailProvider>(OutgoingMailEmailProvider.TechnicalName);
    }
}
