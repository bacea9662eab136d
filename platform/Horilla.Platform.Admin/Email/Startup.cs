using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Email;

[Feature("OrchardCore.Email")]
public sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IEmailService, EmailService>();
        services.AddScoped<IEmailServiceEvents, MailMessageValidator>();
        services.AddTransient<IConfigureOptions<EmailOptions>, EmailOptionsSetup>();
        services.AddPermissionProvider<EmailPermissionProvider>();
        services.AddNavigationProvider<EmailMenu>();
    }
}
