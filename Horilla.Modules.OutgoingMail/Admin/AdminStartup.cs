using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Registers the admin pages.</summary>
public sealed class AdminStartup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddNavigationProvider<AdminMenu>();
        services.AddScoped<ListConditions>();
        services.AddScoped<ListQuery>();
        services.AddScoped<ListFilters>();
        services.AddScoped<ListLocator>();
        services.AddScoped<ListViewModelBuilder>();
        services.AddScoped<NextActionNotifier>();
        services.AddScoped<PostSaveRedirect>();
        services.AddScoped<UnsavedServerTester>();
        services.AddScoped<TestMessageSender>();
        services.AddScoped<ListRequestState>();
        services.AddScoped<ServerFormContext>();
        services.AddScoped<EditConflictComparer>();
        services.AddScoped<ServerEditor>();
        services.AddScoped<ServerFormManager>();
        services.AddDisplayDriver<OutgoingMailConfiguration, ConfigurationDisplayDriver>();
    }
}
