using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Registers the mail log.</summary>
public sealed class LogStartup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<DirectLog>();
        services.AddScoped<LogQuery>();
        services.AddScoped<LogMessageReader>();
        services.AddScoped<LogActions>();
        services.AddScoped<LogActionTexts>();
        services.AddScoped<ServerHistoryReader>();
    }
}
