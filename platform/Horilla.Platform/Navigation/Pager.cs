namespace OrchardCore.Navigation;

/// <summary>A page of a list. Page numbers start at 1; lower numbers mean the first page.</summary>
public class Pager
{
    public const int PageDefault = 1;

    public Pager(PagerParameters pagerParameters, int defaultPageSize)
        : this(pagerParameters.Page, pagerParameters.PageSize, defaultPageSize)
    {
    }

    public Pager(int? page, int? pageSize, int defaultPageSize)
    {
        Page = page is > 0 ? page.Value : PageDefault;
        PageSize = pageSize is > 0 ? pageSize.Value : defaultPageSize;
    }

    public int Page { get; set; }

    public int PageSize { get; set; }

    /// <summary>Returns how many items come before the page.</summary>
    public int GetStartIndex(int? page = null) => ((page ?? Page) - 1) * PageSize;
}
