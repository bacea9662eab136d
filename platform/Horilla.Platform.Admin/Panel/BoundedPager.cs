using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Panel;

/// <summary>Creates pagers that stay within the maximum page size and the number of pages.</summary>
internal static class BoundedPager
{
    private const int DefaultMaxPageSize = 100;

    /// <summary>Creates a pager over <paramref name="total"/> items. A page number past the end selects the last page.</summary>
    public static Pager Create(PagerParameters parameters, PagerOptions options, int total)
    {
        var pager = new Pager(parameters, options.GetPageSize());
        pager.PageSize = Math.Clamp(pager.PageSize, 1, options.MaxPageSize > 0 ? options.MaxPageSize : DefaultMaxPageSize);
        pager.Page = Math.Min(pager.Page, Math.Max(1, ((total - 1) / pager.PageSize) + 1));

        return pager;
    }
}
