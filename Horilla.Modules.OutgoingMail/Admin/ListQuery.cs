using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>
/// Queries the list: searched, filtered, sorted and paged by the database. Queries the index alone and then reads the documents
/// of the page, because with a join, each index row would cost as much as a document. Scoped.
/// </summary>
public sealed class ListQuery(ISession session, ListConditions conditions)
{
    /// <summary>Returns a page of the list.</summary>
    public async Task<ListPage> GetPageAsync(ListCriteria criteria, int skip, int take)
    {
        var (ids, total) = await FindPrimaryOnTopAsync(criteria) is { } primaryId
            ? await FindIdsAfterPrimaryAsync(criteria, primaryId, skip, take)
            : await FindIdsAsync(() => conditions.Query(criteria), criteria, skip, take);
        var found = ids.Length == 0 ? [] : await session.Query<OutgoingMailConfiguration, OutgoingMailConfigurationIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return new ListPage([.. found.OrderBy(configuration => Array.IndexOf(ids, configuration.ConfigurationId))], total);
    }

    /// <summary>Returns the number of matches on all pages.</summary>
    public Task<int> CountAsync(ListCriteria criteria) => conditions.Query(criteria).CountAsync();

    /// <summary>Returns the number of rows before the row of a server, or null if the server doesn't match.</summary>
    public async Task<int?> FindPositionAsync(ListCriteria criteria, string configurationId)
    {
        if (await conditions.Query(criteria).Where(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync() is not { } row)
        {
            return null;
        }

        if (await FindPrimaryOnTopAsync(criteria) is not { } primaryId)
        {
            return await WhereBefore(conditions.Query(criteria), criteria, row).CountAsync();
        }

        return primaryId == configurationId ? 0 : 1 + await WhereBefore(conditions.Query(criteria).Where(index => index.ConfigurationId != primaryId), criteria, row).CountAsync();
    }

    /// <summary>Returns the ID of the primary configuration if it's the first row, otherwise null.</summary>
    private async Task<string?> FindPrimaryOnTopAsync(ListCriteria criteria)
        => criteria.Sort is null && criteria.PrimaryId is { } primaryId && await conditions.Query(criteria).Where(index => index.ConfigurationId == primaryId).CountAsync() > 0 ? primaryId : null;

    /// <summary>Returns the IDs of a page that the primary configuration is the first of. Only the others are sorted.</summary>
    private async Task<(string[] Ids, int Total)> FindIdsAfterPrimaryAsync(ListCriteria criteria, string primaryId, int skip, int take)
    {
        var isFirstPage = skip == 0;
        var (ids, total) = await FindIdsAsync(
            () => conditions.Query(criteria).Where(index => index.ConfigurationId != primaryId),
            criteria,
            isFirstPage ? 0 : skip - 1,
            isFirstPage ? take - 1 : take);

        return (isFirstPage ? [primaryId, .. ids] : ids, total + 1);
    }

    private static async Task<(string[] Ids, int Total)> FindIdsAsync(Func<IQueryIndex<OutgoingMailConfigurationIndex>> matches, ListCriteria criteria, int skip, int take)
    {
        var rows = take == 0 ? [] : (await Sort(matches(), criteria).Skip(skip).Take(take).ListAsync()).ToArray();
        var isOnlyPage = skip == 0 && rows.Length < take;

        return ([.. rows.Select(row => row.ConfigurationId)], isOnlyPage ? rows.Length : await matches().CountAsync());
    }

    private static IQueryIndex<OutgoingMailConfigurationIndex> Sort(IQueryIndex<OutgoingMailConfigurationIndex> rows, ListCriteria criteria)
        => (criteria.Sort, criteria.IsDescending) switch
        {
            (ListSort.Type, false) => rows.OrderBy(index => index.Type).ThenBy(index => index.Title).ThenBy(index => index.ConfigurationId),
            (ListSort.Type, true) => rows.OrderByDescending(index => index.Type).ThenByDescending(index => index.Title).ThenByDescending(index => index.ConfigurationId),
            (_, false) => rows.OrderBy(index => index.Title).ThenBy(index => index.ConfigurationId),
            (_, true) => rows.OrderByDescending(index => index.Title).ThenByDescending(index => index.ConfigurationId),
        };

    /// <summary>Restricts the rows to those before a row. The columns are those of <see cref="Sort"/>.</summary>
    private static IQueryIndex<OutgoingMailConfigurationIndex> WhereBefore(IQueryIndex<OutgoingMailConfigurationIndex> rows, ListCriteria criteria, OutgoingMailConfigurationIndex row)
    {
        string[] columns = criteria.Sort == ListSort.Type
            ? [nameof(row.Type), nameof(row.Title), nameof(row.ConfigurationId)]
            : [nameof(row.Title), nameof(row.ConfigurationId)];
        var before = criteria.IsDescending ? ">" : "<";

        return rows
            .Where(dialect => "(" + string.Join(" OR ", columns.Select((column, number) => string.Join(
                " AND ",
                [.. columns.Take(number).Select(equal => $"{dialect.QuoteForColumnName(equal)} = @Row{equal}"), $"{dialect.QuoteForColumnName(column)} {before} @Row{column}"]))) + ")")
            .WithParameter($"Row{nameof(row.Type)}", row.Type)
            .WithParameter($"Row{nameof(row.Title)}", row.Title)
            .WithParameter($"Row{nameof(row.ConfigurationId)}", row.ConfigurationId);
    }
}
