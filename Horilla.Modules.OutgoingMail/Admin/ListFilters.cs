using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>
/// Builds the choices of type and status. Each count respects the search and the other choice. Choices that would show nothing
/// are left out, unless they're in effect. Scoped.
/// </summary>
public sealed class ListFilters(ListQuery list, MailServerTypes types, IStringLocalizer<ListFilters> stringLocalizer)
{
    private static readonly ServerStatus[] Statuses = [ServerStatus.Failing, ServerStatus.SignInRequired, ServerStatus.Working, ServerStatus.NeverUsed];

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Returns the choices of status; empty if there is nothing to choose.</summary>
    public Task<IReadOnlyList<ListFilter>> BuildStatusesAsync(ListOptions options, string? primaryId)
        => BuildAsync(
            Statuses.Select(status => (status.GetLabel(S).Value, options.WithStatus(status), options.StatusFilter == status)),
            options.WithStatus(null),
            primaryId);

    /// <summary>Returns the choices of type; empty if there is nothing to choose.</summary>
    public Task<IReadOnlyList<ListFilter>> BuildTypesAsync(ListOptions options, string? primaryId)
        => BuildAsync(
            types.All.Select(type => (type.Label.Value, options.WithType(type.Name), options.TypeFilter == type.Name)),
            options.WithType(null),
            primaryId);

    private async Task<IReadOnlyList<ListFilter>> BuildAsync(IEnumerable<(string Label, ListOptions Options, bool IsActive)> choices, ListOptions all, string? primaryId)
    {
        var filters = new List<ListFilter>();

        foreach (var (label, options, isActive) in choices)
        {
            var count = await list.CountAsync(options.ToCriteria(primaryId));

            if (count > 0 || isActive)
            {
                filters.Add(new ListFilter(label, count, options, isActive));
            }
        }

        var isAnyActive = filters.Exists(filter => filter.IsActive);

        return filters.Count > 1 || isAnyActive
            ? [new ListFilter(S["All"].Value, await list.CountAsync(all.ToCriteria(primaryId)), all, !isAnyActive), .. filters]
            : [];
    }
}
