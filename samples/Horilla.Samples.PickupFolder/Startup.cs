using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace Horilla.Samples.PickupFolder;

/// <summary>Registers the server type.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services)
        => services.AddMailServerType<PickupFolderServerType, PickupFolderTransport, PickupFolderDisplayDriver>();
}
