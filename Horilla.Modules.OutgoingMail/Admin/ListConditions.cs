using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Translates the criteria of the list to SQL conditions on the index rows of the configurations. Scoped.</summary>
public sealed class ListConditions(ISession session, MailServerTypes types, IStringLocalizer<ListConditions> stringLocalizer)
{
    /// <summary>Shorter search text, such as a single letter, isn't looked for in the words of the list itself.</summary>
    private const int MinWordLength = 3;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Queries the index rows that match.</summary>
    public IQueryIndex<OutgoingMailConfigurationIndex> Query(ListCriteria criteria)
    {
        var rows = session.QueryIndex<OutgoingMailConfigurationIndex>();

        if (criteria.Type is { } type)
        {
            rows = rows.Where(index => index.Type == type);
        }

        if (criteria.Status is { } status)
        {
            rows = rows.Where(dialect => HasStatus(dialect, status));
        }

        return criteria.Search.Length == 0 ? rows : WhereFound(rows, criteria);
    }

    /// <summary>Finds what users entered anywhere in the text, and the words of the list itself by their beginning: types, statuses, Primary.</summary>
    private IQueryIndex<OutgoingMailConfigurationIndex> WhereFound(IQueryIndex<OutgoingMailConfigurationIndex> rows, ListCriteria criteria)
    {
        var (search, primaryId) = (criteria.Search, criteria.PrimaryId);
        var foundTypes = types.All.Where(type => BeginsWith(type.Label.Value, search)).Select(type => type.Name).ToArray();
        var foundStatuses = Enum.GetValues<ServerStatus>().Where(status => BeginsWith(status.GetLabel(S).Value, search)).ToArray();
        var findsPrimary = primaryId is not null && BeginsWith(S["Primary"].Value, search);

        rows = rows.Where(dialect => "(" + string.Join(" OR ",
        [
            // Contains would treat % and _ in the search text as wildcards.
            $"{dialect.QuoteForColumnName(nameof(OutgoingMailConfigurationIndex.SearchText))} LIKE @Search ESCAPE '!'",
            .. foundTypes.Select((_, number) => $"{dialect.QuoteForColumnName(nameof(OutgoingMailConfigurationIndex.Type))} = @SearchType{number}"),
            .. foundStatuses.Select(status => HasStatus(dialect, status)),
            .. findsPrimary ? [$"{ConfigurationId(dialect)} = @SearchPrimary"] : Array.Empty<string>(),
        ]) + ")").WithParameter("Search", $"%{EscapeLike(search.ToLowerInvariant())}%");

        for (var number = 0; number < foundTypes.Length; number++)
        {
            rows = rows.WithParameter($"SearchType{number}", foundTypes[number]);
        }

        return findsPrimary ? rows.WithParameter("SearchPrimary", primaryId!) : rows;
    }

    /// <summary>The same rules as in a row of the list: a required sign-in comes first.</summary>
    private string HasStatus(ISqlDialect dialect, ServerStatus status)
    {
        var requiresSignIn = $"IN (SELECT {ConfigurationId(dialect)} FROM {Table<SignInRequirementIndex>(dialect)})";

        return "(" + status switch
        {
            ServerStatus.SignInRequired => $"{ConfigurationId(dialect)} {requiresSignIn}",
            ServerStatus.NeverUsed => $"{ConfigurationId(dialect)} NOT {requiresSignIn} AND {ConfigurationId(dialect)} NOT {Delivered(ServerStatus.Working, ServerStatus.Failing)}",
            _ => $"{ConfigurationId(dialect)} NOT {requiresSignIn} AND {ConfigurationId(dialect)} {Delivered(status)}",
        } + ")";

        string Delivered(params ServerStatus[] statuses)
            => $"IN (SELECT {ConfigurationId(dialect)} FROM {Table<LastDeliveryIndex>(dialect)} WHERE {dialect.QuoteForColumnName(nameof(LastDeliveryIndex.Status))} IN ({string.Join(", ", statuses.Select(delivered => $"'{delivered}'"))}))";
    }

    private string Table<TIndex>(ISqlDialect dialect)
        where TIndex : IIndex
    {
        var configuration = session.Store.Configuration;

        return dialect.QuoteForTableName(configuration.TablePrefix + configuration.TableNameConvention.GetIndexTable(typeof(TIndex)), configuration.Schema);
    }

    /// <summary>All these tables have a column of this name. In a subquery, it's the subquery's own.</summary>
    private static string ConfigurationId(ISqlDialect dialect) => dialect.QuoteForColumnName(nameof(OutgoingMailConfigurationIndex.ConfigurationId));

    private static bool BeginsWith(string word, string search) => search.Length >= MinWordLength && word.StartsWith(search, StringComparison.CurrentCultureIgnoreCase);

    private static string EscapeLike(string text)
        => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal);
}
