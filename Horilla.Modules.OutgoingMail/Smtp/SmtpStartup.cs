using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Networks;
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
        services.Configure<NetworkOptions>(options => options.Read(shellSettings.ShellConfiguration.GetSection(NetworkOptions.Section)));
        services.AddSingleton<NetworkPolicy>();
        services.AddSingleton<SmtpConnectionPools>();
        services.AddSingleton<SmtpDialer>();
        services.AddSingleton<SmtpLocalDomain>();
        services.AddScoped<SmtpHostCheck>();
        services.AddScoped<IConfigurationEvents, SmtpConfigurationEvents>();
        services.AddScoped<SmtpConnector>();
        services.AddScoped<IMailServerType, SmtpServerType>();
        services.AddScoped<IMailTransport, SmtpTransport>();
        services.AddScoped<SmtpFailures>();
        services.AddScoped<SmtpReplyErrors>();
        services.AddDisplayDriver<OutgoingMailConfiguration, SmtpDisplayDriver>();
    }
}
