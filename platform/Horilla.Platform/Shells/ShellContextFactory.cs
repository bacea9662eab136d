using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Builders.Models;
using OrchardCore.Environment.Shell.Descriptor.Models;
using YesSql;

namespace Horilla.Platform.Shells;

/// <summary>Builds the shell of a tenant from the features that its database names.</summary>
internal sealed class ShellContextFactory(TenantStores stores, ShellContainerFactory containers, IExtensionManager extensions, HostFeatures hostFeatures)
{
    public async Task<ShellContext> CreateAsync(ShellSettings settings)
    {
        var store = await stores.CreateAsync(settings);

        try
        {
            var descriptor = await ReadDescriptorAsync(store);

            // The host may have got features that are always enabled, and features new dependencies, since this was stored.
            var ids = descriptor.Features.Select(feature => feature.Id)
                .Concat(hostFeatures.AlwaysEnabled)
                .Concat(extensions.GetFeatures().Where(feature => feature.IsAlwaysEnabled).Select(feature => feature.Id));
            descriptor.Features = [.. extensions.GetFeatures(ids).Select(feature => new ShellFeature(feature.Id))];

            var blueprint = new ShellBlueprint { Settings = settings, Descriptor = descriptor };

            return new ShellContext
            {
                Settings = settings,
                Blueprint = blueprint,
                ServiceProvider = containers.Create(blueprint, store),
            };
        }
        catch
        {
            store.Dispose();

            throw;
        }
    }

    private static async Task<ShellDescriptor> ReadDescriptorAsync(IStore store)
    {
        await using var session = store.CreateSession();

        return await session.Query<ShellDescriptor>().FirstOrDefaultAsync() ?? new ShellDescriptor();
    }
}
