using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail;

/// <summary>Registers the mail servers and the send service.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddPermissionProvider<OutgoingMailPermissionProvider>();

        services.AddDataMigration<ConfigurationMigrations>();
        services.AddIndexProvider<OutgoingMailConfigurationIndexProvider>();
        services.AddSingleton<ConfigurationCache>();
        services.AddScoped<OutgoingMailConfigurationManager>();
        services.AddSingleton<SecretProtector>();
        services.AddScoped<SecretField>();
        services.AddScoped<MailServerTypes>();
        services.AddDataMigration<SignInRequirementMigrations>();
        services.AddIndexProvider<SignInRequirementIndexProvider>();
        services.AddScoped<SignInRequirementStore>();
        services.AddScoped<ISignInRequirements>(provider => provider.GetRequiredService<SignInRequirementStore>());
        services.AddScoped<IConfigurationEvents>(provider => provider.GetRequiredService<SignInRequirementStore>());

        services.AddDataMigration<LastDeliveryMigrations>();
        services.AddIndexProvider<LastDeliveryIndexProvider>();
        services.AddSingleton<DeliveryWriteThrottle>();
        services.AddScoped<LastDeliveryStore>();
        services.AddScoped<IConfigurationEvents>(provider => provider.GetRequiredService<LastDeliveryStore>());
        services.AddHealthChecks().AddCheck<LastDeliveryHealthCheck>(LastDeliveryHealthCheck.Name, tags: [LastDeliveryHealthCheck.AddressTag]);
        services.AddMetrics();
        services.AddSingleton<OutgoingMailTelemetry>();
        services.AddScoped<DeliveryRecorder>();
        services.AddScoped<MessageSender>();
        services.AddScoped<OutgoingMailService>();
        services.AddScoped<IOutgoingMailService>(provider => provider.GetRequiredService<OutgoingMailService>());
        services.AddScoped<BatchSender>();
        services.AddScoped<MailServerResolver>();
        services.AddScoped<MessageComposer>();
        services.AddScoped<MessageErrors>();
        services.AddScoped<OutgoingMailEventDispatcher>();

        services.TryAddSingleton(TimeProvider.System);
    }
}
