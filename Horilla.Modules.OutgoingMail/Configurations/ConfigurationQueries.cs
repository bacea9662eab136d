using Horilla.Modules.OutgoingMail.ServerTypes;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Finds configurations in the database.</summary>
internal static class ConfigurationQueries
{
    /// <summary>Returns the configuration with this ID, or null.</summary>
    public static async Task<OutgoingMailConfiguration?> FindConfigurationAsync(this ISession session, string configurationId)
        => await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync();

    /// <summary>Returns the configuration with this user name, or null. If there are several, returns the primary, otherwise the oldest.</summary>
    /// <param name="session">The session to query.</param>
    /// <param name="username">The user name, in lower case.</param>
    /// <param name="primaryId">The ID of the primary configuration, or null if there is none.</param>
    public static async Task<OutgoingMailConfiguration?> FindConfigurationByUsernameAsync(this ISession session, string username, string? primaryId)
    {
        var found = (await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.Username == username).OrderBy(index => index.CreatedUtc).ListAsync()).ToArray();

        return found.FirstOrDefault(configuration => configuration.ConfigurationId == primaryId) ?? found.FirstOrDefault();
    }

    /// <summary>Returns the configuration that sends from this domain, or null if there is none or more than one.</summary>
    /// <param name="session">The session to query.</param>
    /// <param name="domain">The domain, in lower case and ASCII form.</param>
    public static async Task<OutgoingMailConfiguration?> FindSingleConfigurationByDomainAsync(this ISession session, string domain)
    {
        var found = (await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.FromDomain == domain).Take(2).ListAsync()).ToArray();

        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>Returns the configurations with these IDs, by title.</summary>
    public static async Task<IReadOnlyList<OutgoingMailConfiguration>> FindConfigurationsAsync(this ISession session, string[] configurationIds)
        => [.. await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId.IsIn(configurationIds)).OrderBy(index => index.Title).ListAsync()];

    /// <summary>Returns the oldest configuration except the ones with these IDs, or null if there is none.</summary>
    public static async Task<OutgoingMailConfiguration?> FindOldestConfigurationAsync(this ISession session, string[] exceptIds)
    {
        var all = session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>();

        if (exceptIds.Length > 0)
        {
            all = all.Where(index => index.ConfigurationId.IsNotIn(exceptIds));
        }

        return await all.OrderBy(index => index.CreatedUtc).FirstOrDefaultAsync();
    }

    /// <summary>Returns the titles of all configurations by ID, in the order of the titles.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GetConfigurationTitlesAsync(this ISession session)
        => (await session.QueryIndex<OutgoingMailConfigurationIndex>().OrderBy(index => index.Title).ListAsync())
            .DistinctBy(index => index.ConfigurationId)
            .ToDictionary(index => index.ConfigurationId, index => index.Title);
}
