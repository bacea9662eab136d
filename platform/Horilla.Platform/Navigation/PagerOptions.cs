namespace OrchardCore.Navigation;

/// <summary>How long pages of lists are: from the settings of the site.</summary>
public class PagerOptions
{
    public int PageSize { get; set; } = 10;

    public int MaxPageSize { get; set; } = 100;

    public int GetPageSize() => MaxPageSize > 0 ? Math.Min(PageSize, MaxPageSize) : PageSize;
}
