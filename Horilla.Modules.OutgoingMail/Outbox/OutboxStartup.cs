using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Data.Migration;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Registers the outbox.</summary>
public sealed class OutboxStartup(ShellSettings shellSettings) : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.Configure<OutboxHostOptions>(shellSettings.ShellConfiguration.GetSection(OutboxHostOptions.Section));
        services.AddDataMigration<OutboxMigrations>();
        services.AddSingleton<OutboxDatabase>();
        services.AddSingleton<OutboxClock>();
        services.AddSingleton<OutboxContent>();
        services.AddSingleton<OutboxErrors>();
        services.AddSingleton<OutboxScopes>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<WaitingTenantMarker>();
        services.AddScoped<IModularTenantEvents, OutboxTenantEvents>();
        services.AddScoped<IConfigurationEvents, OutboxConfigurationEventHandler>();
        services.AddDisplayDriver<OutgoingMailConfiguration, OutboxServerDisplayDriver>();
        services.AddScoped<RetrySchedule>();
        services.AddScoped<OutboxWriter>();
        services.AddScoped<OutboxWakeUp>();
        services.AddScoped<OutboxOutcomes>();
        services.AddScoped<OutboxDelivery>();
        services.AddScoped<OutboxTrimming>();
        services.AddSingleton<IBackgroundTask, OutboxTrimmingTask>();
        services.AddScoped<BackgroundRetry>();
        services.AddScoped<OutgoingMailOutbox>();
        services.AddScoped<IOutgoingMailOutbox>(provider => provider.GetRequiredService<OutgoingMailOutbox>());
    }
}
