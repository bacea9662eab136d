using Microsoft.Extensions.Localization;

namespace OrchardCore.Navigation;

/// <summary>Collects the items of a menu. Items with the same text on the same level are merged.</summary>
public class NavigationBuilder
{
    private readonly List<MenuItem> _items = [];

    public NavigationBuilder Add(LocalizedString caption, string? position, Action<NavigationItemBuilder> itemBuilder, IEnumerable<string>? classes = null, int priority = 0)
    {
        var builder = new NavigationItemBuilder();
        builder.Caption(caption);
        builder.Position(position);
        builder.Priority(priority);
        itemBuilder(builder);

        foreach (var item in builder.Build())
        {
            item.Classes.AddRange(classes ?? []);
            _items.Add(item);
        }

        return this;
    }

    public NavigationBuilder Add(LocalizedString caption, Action<NavigationItemBuilder> itemBuilder, IEnumerable<string>? classes = null)
        => Add(caption, null, itemBuilder, classes);

    public NavigationBuilder Add(LocalizedString caption, string? position, IEnumerable<string>? classes = null)
        => Add(caption, position, _ => { }, classes);

    public virtual List<MenuItem> Build() => _items;
}
