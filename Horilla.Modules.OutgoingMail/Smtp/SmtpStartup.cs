using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The type for any SMTP server.</summary>
public sealed class SmtpStartup(ShellSettings shellSettings) : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.Configure<SmtpConnectionOptions>(shellSettings.ShellConfiguration.GetSection(SmtpConnectionOptions.Section));
        services.AddSingleton<SmtpConnectionPools>();
        services.AddScoped<IConfigurationEvents, SmtpConfigurationEvents>();
        services.AddScoped<SmtpConnector>();
        services.AddScoped<IMailServerType, SmtpServerType>();
        services.AddScoped<IMailTransport, SmtpTransport>();
        services.AddScoped<SmtpFailures>();
        services.AddDisplayDriver<OutgoingMailConfiguration, SmtpDisplayDriver>();
    }
}
