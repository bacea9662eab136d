using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Modules;
using StartupBase = OrchardCore.Modules.StartupBase;

namespace Horilla.TestHost.ServerTypes;

/// <summary>The server types of another module.</summary>
[Feature("Horilla.TestHost.ServerTypes")]
public sealed class ServerTypesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services
        .AddMailServerType<OddServerType, OddTransport, OddDisplayDriver>()
        .AddScoped<IMailServerType, UncreatableServerType>()
        .AddKeyedScoped<IMailTransport, UncreatableTransport>(typeof(UncreatableServerType));
}
