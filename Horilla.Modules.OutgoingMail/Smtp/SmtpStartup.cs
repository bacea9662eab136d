using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Networks;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Registers the SMTP server type.</summary>
public sealed class SmtpStartup(ShellSettings shellSettings) : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.Configure<SmtpConnectionOptions>(shellSettings.ShellConfiguration.GetSection(SmtpConnectionOptions.Section));
        services.Configure<NetworkOptions>(options => options.Bind(shellSettings.ShellConfiguration.GetSection(NetworkOptions.SectionName)));
        services.AddSingleton<NetworkPolicy>();
        services.AddSingleton<SmtpConnectionPoolProvider>();
        services.AddSingleton<HappyEyeballsConnector>();
        services.AddSingleton<SmtpLocalDomainResolver>();
        services.AddScoped<SmtpHostValidator>();
        services.AddScoped<IConfigurationEvents, SmtpConfigurationEventHandler>();
        services.AddScoped<SmtpConnector>();
        services.AddScoped<IMailServerType, SmtpServerType>();
        services.AddScoped<IMailTransport, SmtpTransport>();
        services.AddScoped<SmtpErrors>();
        services.AddScoped<SmtpTlsErrors>();
        services.AddScoped<SmtpSignInErrors>();
        services.AddScoped<SmtpReplyErrors>();
        services.AddDisplayDriver<OutgoingMailConfiguration, SmtpDisplayDriver>();
    }
}
