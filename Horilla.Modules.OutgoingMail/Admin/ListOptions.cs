using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Search and sort of the list, as they stand in the URL.</summary>
public sealed class ListOptions
{
    private const int MaxSearchLength = 254;

    /// <summary>What to look for.</summary>
    public string? Search { get; set; }

    /// <summary>The column: username or type.</summary>
    public string? Sort { get; set; }

    /// <summary>The direction: asc or desc.</summary>
    public string? Direction { get; set; }

    /// <summary>How many rows a page has; null for what the settings of the site say.</summary>
    public int? PageSize { get; set; }

    /// <summary>What to look for, without blanks around it and control characters in it, and no longer than anything there is to find.</summary>
    public string SearchText => string.Concat((Search ?? "").Where(c => !char.IsControl(c))).Trim().Cut(MaxSearchLength);

    /// <summary>The column; the user name where the URL names none that is there.</summary>
    public ConfigurationSort SortColumn => Enum.TryParse<ConfigurationSort>(Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : ConfigurationSort.Username;

    /// <summary>Whether the order is reversed.</summary>
    public bool IsDescending => string.Equals(Direction, "desc", StringComparison.OrdinalIgnoreCase);

    /// <summary>The query that these options, and the others in place of them, make.</summary>
    public Dictionary<string, string?> ToRoute(ConfigurationSort? sort = null, bool? descending = null)
    {
        var route = new Dictionary<string, string?>();

        if (SearchText.Length > 0)
        {
            route["search"] = SearchText;
        }

        var column = sort ?? SortColumn;
        var reversed = descending ?? IsDescending;

        if (column != ConfigurationSort.Username || reversed)
        {
            route["sort"] = column.ToString().ToLowerInvariant();
            route["direction"] = reversed ? "desc" : "asc";
        }

        if (PageSize is > 0)
        {
            route["pageSize"] = PageSize.Value.ToString(CultureInfo.InvariantCulture);
        }

        return route;
    }
}
