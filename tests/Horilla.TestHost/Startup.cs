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
        services.AddMailCategory("test-announced", "Announced by the test host");
        services.AddSingleton<MailEventLog>();
        services.AddSingleton<TelemetryRecorder>();
        services.AddScoped<IOutgoingMailEvents, TestMailEvents>();
        services.AddSingleton(new TenantServices(services));
        FailingDataProtectionProvider.Use(services);
    }
}
