using OrchardCore.Navigation;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The page sizes of the list.</summary>
internal static class ListPaging
{
    /// <summary>The maximum page size if the site's settings set no limit.</summary>
    private const int DefaultMaxPageSize = 100;

    private static readonly int[] CommonPageSizes = [10, 25, 50, 100];

    /// <summary>Returns the number of rows per page.</summary>
    /// <param name="options">The settings of the site.</param>
    /// <param name="requested">The number in the URL, or null.</param>
    public static int GetListPageSize(this PagerOptions options, int? requested)
        => Math.Clamp(requested is > 0 ? requested.Value : options.GetPageSize(), 1, options.GetMaxListPageSize());

    /// <summary>Returns the page sizes to choose from: the common ones, and the one of the site.</summary>
    public static IReadOnlyList<int> GetListPageSizes(this PagerOptions options)
        => [.. CommonPageSizes.Append(options.GetListPageSize(null)).Where(size => size <= options.GetMaxListPageSize()).Distinct().Order()];

    private static int GetMaxListPageSize(this PagerOptions options) => options.MaxPageSize > 0 ? options.MaxPageSize : DefaultMaxPageSize;
}
