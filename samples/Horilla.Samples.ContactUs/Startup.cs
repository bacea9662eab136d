using Horilla.Modules.OutgoingMail;
using Horilla.Samples.ContactUs.Messages;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace Horilla.Samples.ContactUs;

/// <summary>Registers the services of the module.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddNavigationProvider<AdminMenu>();
        services.AddPermissionProvider<ContactUsPermissions>();

        services.AddDataMigration<ContactMessageMigrations>();
        services.AddIndexProvider<ContactMessageIndexProvider>();
        services.AddScoped<ContactMessageStore>();
        services.AddScoped<ContactMessageSender>();
        services.AddMailCategory(ContactMessageSender.Category, "Contact us");
    }
}
