using OrchardCore.Environment.Shell;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>A kind of database that a tenant can have.</summary>
internal abstract class TenantDatabase
{
    /// <summary>Its technical name, as the settings of a tenant have it.</summary>
    public abstract string Provider { get; }

    /// <summary>What the tenant's document store is made of.</summary>
    public abstract IConfiguration Configure(ShellSettings settings);

    /// <summary>What no two tenants can both have; null where each has its own in any case.</summary>
    public abstract string? Claim(ShellSettings settings);

    /// <summary>What is wrong with the settings, by the names of their keys. Nothing is opened for it.</summary>
    public abstract IEnumerable<(string Key, string Problem)> Check(ShellSettings settings);

    /// <summary>Sees that a new tenant has a database, and that it is empty. What a set-up of this tenant that was broken off has left is put aside.</summary>
    /// <exception cref="Setup.TenantSetupException">It cannot be opened, or somebody else's site is there.</exception>
    public abstract Task PrepareAsync(ShellSettings settings, bool brokenOff);

    /// <summary>Removes all that this tenant has in its database. What is not there is no error.</summary>
    public abstract Task RemoveAsync(ShellSettings settings);

    /// <summary>Whether the database is down, out of reach or out of order, so that trying again later can help.</summary>
    public abstract bool IsUnavailable(Exception exception);
}
