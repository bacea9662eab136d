using YesSql;
using YesSql.Services;

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

    /// <summary>
    /// A page of the configurations, searched, sorted and cut by the database. It looks at the index alone and then reads the
    /// documents of the page: joined to its document, each row of the index costs as much as a document.
    /// </summary>
    public static async Task<ConfigurationPage> SearchConfigurationsAsync(this ISession session, ConfigurationQuery query)
    {
        var rows = (await Sorted(session.Matches(query.Search), query).Skip(query.Skip).Take(query.Take).ListAsync()).ToArray();
        var isWhole = query.Skip == 0 && rows.Length < query.Take;
        var total = isWhole ? rows.Length : await session.Matches(query.Search).CountAsync();
        var ids = rows.Select(row => row.ConfigurationId).ToArray();
        var found = ids.Length == 0 ? [] : await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return new ConfigurationPage([.. found.OrderBy(configuration => Array.IndexOf(ids, configuration.ConfigurationId))], total);
    }

    private static IQueryIndex<OutgoingMailConfigurationIndex> Matches(this ISession session, string search)
    {
        var all = session.QueryIndex<OutgoingMailConfigurationIndex>();

        // Contains would take % and _ in what was typed for wildcards.
        return search.Length == 0
            ? all
            : all.Where(dialect => $"{dialect.QuoteForColumnName(nameof(OutgoingMailConfigurationIndex.SearchText))} LIKE @Search ESCAPE '!'")
                .WithParameter("Search", $"%{EscapeLike(search.ToLowerInvariant())}%");
    }

    private static IQueryIndex<OutgoingMailConfigurationIndex> Sorted(IQueryIndex<OutgoingMailConfigurationIndex> rows, ConfigurationQuery query)
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
