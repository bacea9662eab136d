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

    /// <summary>Returns the oldest configuration except the one with this ID, or null if there is none.</summary>
    public static async Task<OutgoingMailConfiguration?> FindOldestConfigurationAsync(this ISession session, string? exceptId)
    {
        var all = session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>();

        if (exceptId is not null)
        {
            all = all.Where(index => index.ConfigurationId != exceptId);
        }

        return await all.OrderBy(index => index.CreatedUtc).FirstOrDefaultAsync();
    }

    /// <summary>
    /// Returns a page of configurations, searched, sorted and paged by the database. Queries the index alone and then reads the
    /// documents of the page: with a join, each index row would cost as much as a document.
    /// </summary>
    public static async Task<ConfigurationPage> SearchConfigurationsAsync(this ISession session, ConfigurationQuery query)
    {
        var (ids, total) = query.Sort is null && query.PrimaryId is { } primaryId && await session.WhereMatches(query.Search).Where(index => index.ConfigurationId == primaryId).CountAsync() > 0
            ? await session.FindIdsAfterPrimaryAsync(query, primaryId)
            : await FindIdsAsync(() => session.WhereMatches(query.Search), query);
        var found = ids.Length == 0 ? [] : await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return new ConfigurationPage([.. found.OrderBy(configuration => Array.IndexOf(ids, configuration.ConfigurationId))], total);
    }

    /// <summary>Returns the IDs of a page that the primary configuration is the first of. Only the others are sorted.</summary>
    private static async Task<(string[] Ids, int Total)> FindIdsAfterPrimaryAsync(this ISession session, ConfigurationQuery query, string primaryId)
    {
        var isFirstPage = query.Skip == 0;
        var others = query with { Skip = isFirstPage ? 0 : query.Skip - 1, Take = isFirstPage ? query.Take - 1 : query.Take };
        var (ids, total) = await FindIdsAsync(() => session.WhereMatches(query.Search).Where(index => index.ConfigurationId != primaryId), others);

        return (isFirstPage ? [primaryId, .. ids] : ids, total + 1);
    }

    private static async Task<(string[] Ids, int Total)> FindIdsAsync(Func<IQueryIndex<OutgoingMailConfigurationIndex>> matches, ConfigurationQuery query)
    {
        var rows = query.Take == 0 ? [] : (await OrderBySort(matches(), query).Skip(query.Skip).Take(query.Take).ListAsync()).ToArray();
        var isOnlyPage = query.Skip == 0 && rows.Length < query.Take;

        return ([.. rows.Select(row => row.ConfigurationId)], isOnlyPage ? rows.Length : await matches().CountAsync());
    }

    private static IQueryIndex<OutgoingMailConfigurationIndex> WhereMatches(this ISession session, string search)
    {
        var all = session.QueryIndex<OutgoingMailConfigurationIndex>();

        // Contains would treat % and _ in the search text as wildcards.
        return search.Length == 0
            ? all
            : all.Where(dialect => $"{dialect.QuoteForColumnName(nameof(OutgoingMailConfigurationIndex.SearchText))} LIKE @Search ESCAPE '!'")
                .WithParameter("Search", $"%{EscapeLike(search.ToLowerInvariant())}%");
    }

    private static IQueryIndex<OutgoingMailConfigurationIndex> OrderBySort(IQueryIndex<OutgoingMailConfigurationIndex> rows, ConfigurationQuery query)
        => (query.Sort, query.Descending) switch
        {
            (ConfigurationSort.Type, false) => rows.OrderBy(index => index.Type).ThenBy(index => index.Title),
            (ConfigurationSort.Type, true) => rows.OrderByDescending(index => index.Type).ThenByDescending(index => index.Title),
            (_, false) => rows.OrderBy(index => index.Title),
            (_, true) => rows.OrderByDescending(index => index.Title),
        };

    private static string EscapeLike(string text)
        => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
