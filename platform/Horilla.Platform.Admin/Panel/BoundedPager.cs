using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Panel;

/// <summary>The page of a list that is shown: what a request asks for, within the largest page size and the pages that there are.</summary>
internal static class BoundedPager
{
    private const int LargestPageSize = 100;

    /// <summary>One page of <paramref name="total"/> items, the last one for a number past it.</summary>
    public static Pager Create(PagerParameters parameters, PagerOptions options, int total)
    {
        var pager = new Pager(parameters, options.GetPageSize());
        pager.PageSize = Math.Clamp(pager.PageSize, 1, options.MaxPageSize > 0 ? options.MaxPageSize : LargestPageSize);
        pager.Page = Math.Min(pager.Page, Math.Max(1, ((total - 1) / pager.PageSize) + 1));

        return pager;
    }
}
