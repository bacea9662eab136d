using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The search and sort options of the list, as given in the URL.</summary>
public sealed class ListOptions
{
    private const int MaxSearchLength = 254;

    /// <summary>The search text as typed.</summary>
    public string? Search { get; set; }

    /// <summary>The sort column: username or type.</summary>
    public string? Sort { get; set; }

    /// <summary>The sort direction: asc or desc.</summary>
    public string? Direction { get; set; }

    /// <summary>The number of rows per page, or null for the site's setting.</summary>
    public int? PageSize { get; set; }

    /// <summary>The search text to use: trimmed, without control characters, and at most 254 characters, the longest value that can match.</summary>
    public string SearchText => string.Concat((Search ?? "").Where(c => !char.IsControl(c))).Trim().Truncate(MaxSearchLength);

    /// <summary>The sort column to use, or null if the URL has no valid one: then the primary is first.</summary>
    public ConfigurationSort? SortColumn => Enum.TryParse<ConfigurationSort>(Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : null;

    /// <summary>Whether the order is reversed.</summary>
    public bool IsDescending => string.Equals(Direction, "desc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the query string values for these options, with the given sort and direction in their place.</summary>
    public Dictionary<string, string?> ToRouteValues(ConfigurationSort? sort = null, bool? descending = null)
    {
        var route = new Dictionary<string, string?>();

        if (SearchText.Length > 0)
        {
            route["search"] = SearchText;
        }

        var column = sort ?? SortColumn;
        var reversed = descending ?? IsDescending;

        if (column is { } sorted)
        {
            route["sort"] = sorted.ToString().ToLowerInvariant();
            route["direction"] = reversed ? "desc" : "asc";
        }

        if (PageSize is > 0)
        {
            route["pageSize"] = PageSize.Value.ToString(CultureInfo.InvariantCulture);
        }

        return route;
    }
}
