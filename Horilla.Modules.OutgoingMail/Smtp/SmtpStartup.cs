using Horilla.Modules.OutgoingMail.Networks;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddSingleton<INetworkPolicy>(provider => provider.GetRequiredService<NetworkPolicy>());
        services.AddSingleton<SmtpConnectionPoolProvider>();
        services.AddSingleton<HappyEyeballsConnector>();
        services.AddSingleton<SmtpLocalDomainResolver>();
        services.AddScoped<SmtpHostValidator>();
        services.AddScoped<SmtpSettingsParser>();
        services.AddScoped<IConfigurationEvents, SmtpConfigurationEventHandler>();
        services.AddScoped<SmtpConnector>();
        services.AddMailServerType<SmtpServerType, SmtpTransport, SmtpDisplayDriver>();
        services.AddScoped<SmtpErrors>();
        services.AddScoped<SmtpTlsErrors>();
        services.AddScoped<SmtpSignInErrors>();
        services.AddScoped<SmtpReplyErrors>();
    }
}
