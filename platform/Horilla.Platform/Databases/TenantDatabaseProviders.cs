using Horilla.Platform.Settings;
using Horilla.Platform.Storage.Connections;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>The databases of the tenants. Thread-safe. The shell host depends on this class, so it is only resolved when it is needed.</summary>
internal sealed class TenantDatabaseProviders(IEnumerable<TenantDatabaseProvider> databases, IServiceProvider services)
{
    public IEnumerable<string> Providers => databases.Select(database => database.Provider);

    /// <summary>Returns the provider that the settings of a tenant name.</summary>
    /// <exception cref="NotSupportedException">The settings name an unsupported provider.</exception>
    public TenantDatabaseProvider GetProvider(ShellSettings settings)
        => Find(settings) ?? throw new NotSupportedException($"The tenant '{settings.Name}' uses the database provider '{settings.GetDatabaseProvider()}', which this platform doesn't support. Supported providers: {string.Join(", ", Providers)}.");

    /// <summary>Returns the problems with the database settings by key, including that another tenant already uses the database.</summary>
    public IReadOnlyList<(string Key, string Problem)> Validate(ShellSettings settings)
    {
        if (Find(settings) is not { } database)
        {
            return [(DatabaseSettings.Provider, $"Choose one of the databases: {string.Join(", ", Providers)}.")];
        }

        var problems = database.Validate(settings).ToArray();

        return problems.Length == 0 && database.GetExclusiveKey(settings) is { } claim && FindOther(settings, claim) is { } other
            ? [(DatabaseSettings.TablePrefix, $"The tenant {other.Name} already uses this database with this table prefix. Choose another prefix, schema or database.")]
            : problems;
    }

    /// <summary>Opens the document store of a tenant. Its tables are only created during setup: a tenant that has lost its database must not come up empty.</summary>
    public async Task<IStore> OpenAsync(ShellSettings settings)
    {
        var configuration = GetProvider(settings).Configure(settings);

        return settings.IsInitializing() ? await StoreFactory.CreateAndInitializeAsync(configuration) : StoreFactory.Create(configuration);
    }

    /// <summary>Opens an in-memory store for the shell of a tenant that has no database yet.</summary>
    public static async Task<IStore> OpenTemporaryAsync(ShellSettings settings)
    {
        var store = await StoreFactory.CreateAndInitializeAsync(new Configuration { ConnectionFactory = new InMemorySqliteConnectionFactory(OrchardCore.IdGenerator.GenerateId()) });

        try
        {
            await using var session = store.CreateSession();
            await session.SaveAsync(new SiteSettings { SiteName = settings.Name });
            await session.SaveChangesAsync();

            return store;
        }
        catch
        {
            store.Dispose();

            throw;
        }
    }

    /// <summary>Whether a request failed because the tenant's database is unavailable.</summary>
    public bool IsUnavailable(ShellSettings settings, Exception exception) => Find(settings)?.IsUnavailable(exception) == true;

    private TenantDatabaseProvider? Find(ShellSettings settings)
        => databases.FirstOrDefault(database => string.Equals(database.Provider, settings.GetDatabaseProvider(), StringComparison.OrdinalIgnoreCase));

    private ShellSettings? FindOther(ShellSettings settings, string claim)
        => services.GetRequiredService<IShellHost>().GetAllSettings().FirstOrDefault(other => !string.Equals(other.Name, settings.Name, StringComparison.OrdinalIgnoreCase) && ClaimOf(other) == claim);

    /// <summary>Returns what another tenant claims, or null if its settings can't be read.</summary>
    private string? ClaimOf(ShellSettings settings)
    {
        try
        {
            return GetProvider(settings).GetExclusiveKey(settings);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
