using Horilla.Platform.Settings;
using Horilla.Platform.Storage.Connections;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>The databases of the tenants. Thread-safe. The shell host, which needs it, is asked for late.</summary>
internal sealed class TenantDatabases(IEnumerable<TenantDatabase> databases, IServiceProvider services)
{
    public IEnumerable<string> Providers => databases.Select(database => database.Provider);

    /// <exception cref="NotSupportedException">The settings name a provider that is not there.</exception>
    public TenantDatabase Of(ShellSettings settings)
        => Find(settings) ?? throw new NotSupportedException($"The tenant '{settings.Name}' asks for the database provider '{settings.DatabaseProvider()}', which this platform does not have. It has: {string.Join(", ", Providers)}.");

    /// <summary>What is wrong with what the settings say of the database, by the names of their keys: also, that another tenant has it.</summary>
    public IReadOnlyList<(string Key, string Problem)> Check(ShellSettings settings)
    {
        if (Find(settings) is not { } database)
        {
            return [(DatabaseSettings.Provider, $"Choose one of the databases: {string.Join(", ", Providers)}.")];
        }

        var problems = database.Check(settings).ToArray();

        return problems.Length == 0 && database.Claim(settings) is { } claim && FindOther(settings, claim) is { } other
            ? [(DatabaseSettings.TablePrefix, $"The tenant {other.Name} has this database with this table prefix. Choose another prefix, schema or database.")]
            : problems;
    }

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

    /// <summary>Whether a request failed because the tenant's database is down or out of reach.</summary>
    public bool IsUnavailable(ShellSettings settings, Exception exception) => Find(settings)?.IsUnavailable(exception) == true;

    private TenantDatabase? Find(ShellSettings settings)
        => databases.FirstOrDefault(database => string.Equals(database.Provider, settings.DatabaseProvider(), StringComparison.OrdinalIgnoreCase));

    private ShellSettings? FindOther(ShellSettings settings, string claim)
        => services.GetRequiredService<IShellHost>().GetAllSettings().FirstOrDefault(other => !string.Equals(other.Name, settings.Name, StringComparison.OrdinalIgnoreCase) && ClaimOf(other) == claim);

    /// <summary>What another tenant claims; nothing where its settings cannot be read.</summary>
    private string? ClaimOf(ShellSettings settings)
    {
        try
        {
            return Of(settings).Claim(settings);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
