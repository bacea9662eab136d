using Microsoft.AspNetCore.Mvc;

namespace OrchardCore.Navigation;

/// <summary>The page that a request asks for with <c>pagenum</c> and <c>pageSize</c>.</summary>
public class PagerParameters
{
    [FromQuery(Name = "pagenum")]
    public int? Page { get; set; }

    [FromQuery(Name = "pageSize")]
    public int? PageSize { get; set; }
}
