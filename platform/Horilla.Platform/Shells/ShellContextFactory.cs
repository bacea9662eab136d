using Horilla.Platform.Databases;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Builders.Models;
using OrchardCore.Environment.Shell.Descriptor.Models;
using YesSql;

namespace Horilla.Platform.Shells;

/// <summary>Builds the shell of a tenant from the features stored in its database, or from the setup features if it isn't set up yet.</summary>
internal sealed class ShellContextFactory(TenantDatabaseProviders databases, ShellContainerFactory containers, IExtensionManager extensions, HostFeatures hostFeatures)
{
    public async Task<ShellContext> CreateAsync(ShellSettings settings)
    {
        var isSetUp = !settings.IsUninitialized();
        var store = isSetUp ? await databases.OpenAsync(settings) : await TenantDatabaseProviders.OpenTemporaryAsync(settings);

        try
        {
            var blueprint = new ShellBlueprint { Settings = settings, Descriptor = isSetUp ? await DescribeAsync(settings, store) : Describe(hostFeatures.Setup) };

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

    /// <summary>Returns the stored features and what the host and the manifests have added since: features that are always enabled, and new dependencies.</summary>
    private async Task<ShellDescriptor> DescribeAsync(ShellSettings settings, IStore store)
    {
        await using var session = store.CreateSession();
        var stored = await session.Query<ShellDescriptor>().FirstOrDefaultAsync();

        if (stored is null && !settings.IsInitializing())
        {
            throw new InvalidOperationException($"The database of the tenant '{settings.Name}' doesn't list its features. It isn't the database that the tenant was set up with, or it was only partly restored.");
        }

        var descriptor = Describe([
            .. stored?.Features.Select(feature => feature.Id) ?? [],
            .. hostFeatures.AlwaysEnabled,
            .. extensions.GetFeatures().Where(feature => feature.IsAlwaysEnabled).Select(feature => feature.Id)]);
        descriptor.SerialNumber = stored?.SerialNumber ?? 0;

        return descriptor;
    }

    private ShellDescriptor Describe(IEnumerable<string> features)
        => new() { Features = [.. extensions.GetFeatures(features).Select(feature => new ShellFeature(feature.Id))] };
}
