using OrchardCore.Data.Migration;
using OrchardCore.Modules;

namespace Horilla.Platform.Data;

internal sealed class AutomaticDataMigrations(IDataMigrationManager manager) : ModularTenantEvents
{
    public override Task ActivatingAsync() => manager.UpdateAllFeaturesAsync();
}
