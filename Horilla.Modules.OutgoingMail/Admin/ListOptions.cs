using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.Routing;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The search, filter and sort options of the list, as given in the URL.</summary>
public sealed class ListOptions
{
    private const int MaxSearchLength = 254;

    /// <summary>The search text as typed.</summary>
    public string? Search { get; set; }

    /// <summary>The technical name of the only type to show; empty for all.</summary>
    public string? Type { get; set; }

    /// <summary>The only status to show: a name of <see cref="ServerStatus"/>; empty for all.</summary>
    public string? Status { get; set; }

    /// <summary>The sort column: username or type.</summary>
    public string? Sort { get; set; }

    /// <summary>The sort direction: asc or desc.</summary>
    public string? Direction { get; set; }

    /// <summary>The number of rows per page, or null for the site's setting.</summary>
    public int? PageSize { get; set; }

    /// <summary>The search text to use: trimmed, without control characters, and at most 254 characters, the longest value that can match.</summary>
    public string SearchText => string.Concat((Search ?? "").Where(c => !char.IsControl(c))).Trim().Truncate(MaxSearchLength);

    /// <summary>The type to use, or null for all.</summary>
    public string? TypeFilter => string.IsNullOrWhiteSpace(Type) ? null : Type;

    /// <summary>The status to use, or null for all and if the URL has no valid one.</summary>
    public ServerStatus? StatusFilter => Parse<ServerStatus>(Status);

    /// <summary>The sort column to use, or null if the URL has no valid one: then the primary is first.</summary>
    public ListSort? SortColumn => Parse<ListSort>(Sort);

    /// <summary>Whether the order is reversed.</summary>
    public bool IsDescending => string.Equals(Direction, "desc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether not all servers are shown.</summary>
    public bool IsFiltered => SearchText.Length > 0 || TypeFilter is not null || StatusFilter is not null;

    /// <summary>Returns these options as criteria.</summary>
    /// <param name="primaryId">The ID of the primary configuration, or null if there is none.</param>
    public ListCriteria ToCriteria(string? primaryId) => new(SearchText, TypeFilter, StatusFilter, SortColumn, SortColumn is not null && IsDescending, primaryId);

    /// <summary>Returns the options with another type, or with all types for null.</summary>
    public ListOptions WithType(string? type) => Change(options => options.Type = type);

    /// <summary>Returns the options with another status, or with all statuses for null.</summary>
    public ListOptions WithStatus(ServerStatus? status) => Change(options => options.Status = status?.ToString());

    /// <summary>Returns the options sorted by a column: in ascending order, or reversed if they were.</summary>
    public ListOptions WithSort(ListSort sort) => Change(options =>
    {
        options.Direction = SortColumn == sort && !IsDescending ? "desc" : "asc";
        options.Sort = sort.ToString();
    });

    /// <summary>Returns the options with another number of rows per page.</summary>
    public ListOptions WithPageSize(int? size) => Change(options => options.PageSize = size);

    /// <summary>Returns the query string values for these options.</summary>
    public Dictionary<string, string> ToRouteValues()
    {
        var route = new Dictionary<string, string>();
        Add("search", SearchText);
        Add("type", TypeFilter);
        Add("status", StatusFilter?.ToString().ToLowerInvariant());
        Add("sort", SortColumn?.ToString().ToLowerInvariant());
        Add("direction", SortColumn is null ? null : IsDescending ? "desc" : "asc");
        Add("pageSize", PageSize is > 0 ? PageSize.Value.ToString(CultureInfo.InvariantCulture) : null);

        return route;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                route[name] = value;
            }
        }
    }

    /// <summary>Returns the query string values for these options, for code that adds others.</summary>
    public RouteValueDictionary ToRouteValueDictionary()
    {
        var values = new RouteValueDictionary();

        foreach (var (name, value) in ToRouteValues())
        {
            values[name] = value;
        }

        return values;
    }

    private ListOptions Change(Action<ListOptions> change)
    {
        var options = (ListOptions)MemberwiseClone();
        change(options);

        return options;
    }

    private static TEnum? Parse<TEnum>(string? name)
        where TEnum : struct, Enum
        => Enum.TryParse<TEnum>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
