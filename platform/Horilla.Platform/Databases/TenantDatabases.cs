using Horilla.Platform.Settings;
using Horilla.Platform.Storage.Connections;
using OrchardCore.Environment.Shell;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>The databases of the tenants. Thread-safe.</summary>
internal sealed class TenantDatabases(IEnumerable<TenantDatabase> databases)
{
    public IEnumerable<string> Providers => databases.Select(database => database.Provider);

    /// <exception cref="NotSupportedException">The settings name a provider that is not there.</exception>
    public TenantDatabase Of(ShellSettings settings)
        => databases.FirstOrDefault(database => string.Equals(database.Provider, settings.DatabaseProvider(), StringComparison.OrdinalIgnoreCase))
            ?? throw new NotSupportedException($"The tenant '{settings.Name}' asks for the database provider '{settings.DatabaseProvider()}', which this platform does not have. It has: {string.Join(", ", Providers)}.");

    /// <summary>The document store of a tenant. Its tables are created while it is set up, and never again: a tenant without its database must not come up empty.</summary>
    public async Task<IStore> OpenAsync(ShellSettings settings)
    {
        var configuration = Of(settings).Configure(settings);

        return settings.IsInitializing() ? await StoreFactory.CreateAndInitializeAsync(configuration) : StoreFactory.Create(configuration);
    }

    /// <summary>A store in memory, for the shell of a tenant that has no database yet.</summary>
    public static async Task<IStore> OpenTemporaryAsync(ShellSettings settings)
    {
        var store = await StoreFactory.CreateAndInitializeAsync(new Configuration { ConnectionFactory = new MemoryConnectionFactory(OrchardCore.IdGenerator.GenerateId()) });
        await using var session = store.CreateSession();
        await session.SaveAsync(new SiteSettings { SiteName = settings.Name });
        await session.SaveChangesAsync();

        return store;
    }

    /// <summary>Whether a request failed because the tenant's database is down or out of reach.</summary>
    public bool IsUnavailable(ShellSettings settings, Exception exception)
        => databases.FirstOrDefault(database => string.Equals(database.Provider, settings.DatabaseProvider(), StringComparison.OrdinalIgnoreCase))?.IsUnavailable(exception) == true;
}
