namespace OrchardCore.Navigation;

/// <summary>The page sizes of lists, from the site settings.</summary>
public class PagerOptions
{
    public int PageSize { get; set; } = 10;

    public int MaxPageSize { get; set; } = 100;

    public int GetPageSize() => MaxPageSize > 0 ? Math.Min(PageSize, MaxPageSize) : PageSize;
}
