using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Email;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>The provider for OrchardCore's email service, if that feature is enabled.</summary>
[RequireFeatures("OrchardCore.Email")]
public sealed class EmailStartup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<MailMessageMapper>();
        services.AddEmailProvider<OutgoingMailEmailProvider>(OutgoingMailEmailProvider.TechnicalName);
    }
}
