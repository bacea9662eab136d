using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace OrchardCore.Navigation;

public class MenuItem
{
    public LocalizedString Text { get; set; } = new("", "");

    public string? Id { get; set; }

    /// <summary>The URL of the item, once the menu is built; null or # if it only contains other items.</summary>
    public string? Href { get; set; }

    public string? Url { get; set; }

    public string? Position { get; set; }

    public int Priority { get; set; }

    public bool LocalNav { get; set; }

    public string? Target { get; set; }

    public RouteValueDictionary? RouteValues { get; set; }

    public List<MenuItem> Items { get; set; } = [];

    /// <summary>Any one of these permissions is enough to see the item.</summary>
    public List<Permission> Permissions { get; } = [];

    public List<string> Classes { get; } = [];
}
