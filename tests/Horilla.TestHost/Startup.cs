using Horilla.Modules.OutgoingMail;
using OrchardCore.Recipes;
using StartupBase = OrchardCore.Modules.StartupBase;

namespace Horilla.TestHost;

public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddRecipeExecutionStep<SeedStep>();
        services.AddRecipeExecutionStep<UnwritableStep>();
        services.AddSingleton<MailLog>();
        services.AddSingleton<TelemetryLog>();
        services.AddScoped<IOutgoingMailEvents, MailListener>();
        services.AddSingleton(new OwnServices(services));
        UnreliableProtection.Use(services);
    }
}
