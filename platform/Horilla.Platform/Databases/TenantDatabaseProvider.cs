using OrchardCore.Environment.Shell;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>A type of database that a tenant can have.</summary>
internal abstract class TenantDatabaseProvider
{
    /// <summary>The technical name, as in the settings of a tenant.</summary>
    public abstract string Provider { get; }

    /// <summary>Returns the configuration of the tenant's document store.</summary>
    public abstract IConfiguration Configure(ShellSettings settings);

    /// <summary>Returns what no two tenants can share, or null if each tenant has its own anyway.</summary>
    public abstract string? GetExclusiveKey(ShellSettings settings);

    /// <summary>Returns the problems with the settings by key. Doesn't open a connection.</summary>
    public abstract IEnumerable<(string Key, string Problem)> Validate(ShellSettings settings);

    /// <summary>Makes sure that a new tenant has an empty database. Sets aside the remains of an interrupted setup of this tenant.</summary>
    /// <exception cref="Setup.TenantSetupException">The database can't be opened, or it has another site.</exception>
    public abstract Task PrepareAsync(ShellSettings settings, bool wasInterrupted);

    /// <summary>Removes everything that this tenant has in its database. It isn't an error if there is nothing.</summary>
    public abstract Task RemoveAsync(ShellSettings settings);

    /// <summary>Whether the exception means that the database is down, unreachable or damaged, so that trying again later can help.</summary>
    public abstract bool IsUnavailable(Exception exception);
}
