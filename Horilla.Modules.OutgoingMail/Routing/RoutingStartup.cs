using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Routing;

/// <summary>Registers the routing of categories.</summary>
public sealed class RoutingStartup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<MailCategories>();
}
