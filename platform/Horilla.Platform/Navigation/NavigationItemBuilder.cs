using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace OrchardCore.Navigation;

public class NavigationItemBuilder : NavigationBuilder
{
    private readonly MenuItem _item = new();

    public NavigationItemBuilder Caption(LocalizedString caption)
    {
        _item.Text = caption;

        return this;
    }

    public NavigationItemBuilder Position(string? position)
    {
        _item.Position = position;

        return this;
    }

    public NavigationItemBuilder Priority(int priority)
    {
        _item.Priority = priority;

        return this;
    }

    public NavigationItemBuilder Id(string id)
    {
        _item.Id = id;

        return this;
    }

    public NavigationItemBuilder Url(string url)
    {
        _item.Url = url;

        return this;
    }

    public NavigationItemBuilder AddClass(string className)
    {
        _item.Classes.Add(className);

        return this;
    }

    public NavigationItemBuilder LocalNav()
    {
        _item.LocalNav = true;

        return this;
    }

    public NavigationItemBuilder Permission(Permission permission)
    {
        _item.Permissions.Add(permission);

        return this;
    }

    public NavigationItemBuilder Action(string actionName, string controllerName, string areaName)
        => Action(actionName, controllerName, areaName, []);

    public NavigationItemBuilder Action(string actionName, string controllerName, string areaName, RouteValueDictionary values)
    {
        _item.RouteValues = new RouteValueDictionary(values)
        {
            ["action"] = actionName,
            ["controller"] = controllerName,
            ["area"] = areaName,
        };

        return this;
    }

    public override List<MenuItem> Build()
    {
        _item.Items = base.Build();

        return [_item];
    }
}
