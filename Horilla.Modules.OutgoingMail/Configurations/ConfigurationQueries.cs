using YesSql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>How configurations are found in the database.</summary>
internal static class ConfigurationQueries
{
    /// <summary>The configuration of this id, or null.</summary>
    public static async Task<OutgoingMailConfiguration?> FindConfigurationAsync(this ISession session, string configurationId)
        => await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync();

    /// <summary>The configuration with this user name; of several the primary one, or else the oldest. Null for none.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="username">In lower case.</param>
    /// <param name="primaryId">The id of the primary configuration; null for none.</param>
    public static async Task<OutgoingMailConfiguration?> FindConfigurationByUsernameAsync(this ISession session, string username, string? primaryId)
    {
        var found = (await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.Username == username).OrderBy(index => index.CreatedUtc).ListAsync()).ToArray();

        return found.FirstOrDefault(configuration => configuration.ConfigurationId == primaryId) ?? found.FirstOrDefault();
    }

    /// <summary>The only configuration that sends from this domain; null for none or several.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="domain">In lower case and its ASCII form.</param>
    public static async Task<OutgoingMailConfiguration?> FindOnlyConfigurationOfDomainAsync(this ISession session, string domain)
    {
        var found = (await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.FromDomain == domain).Take(2).ListAsync()).ToArray();

        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>The oldest configuration but the one of this id; null for none.</summary>
    public static async Task<OutgoingMailConfiguration?> FindOldestConfigurationAsync(this ISession session, string? except)
    {
        var all = session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>();

        if (except is not null)
        {
            all = all.Where(index => index.ConfigurationId != except);
        }

        return await all.OrderBy(index => index.CreatedUtc).FirstOrDefaultAsync();
    }
}
