using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>Items with positions, sorted when they are read.</summary>
internal sealed class ShapeItems
{
    private readonly List<IPositioned> _items = [];
    private bool _sorted = true;

    public IReadOnlyList<IPositioned> Sorted
    {
        get
        {
            if (!_sorted)
            {
                // The sort is stable: items with equal positions keep the order in which they were added.
                var sorted = _items.OrderBy(item => item, FlatPositionComparer.Instance).ToArray();
                _items.Clear();
                _items.AddRange(sorted);
                _sorted = true;
            }

            return _items;
        }
    }

    public void Add(object? item, string? position)
    {
        switch (item)
        {
            case null:
                return;
            case IPositioned positioned:
                if (!string.IsNullOrEmpty(position))
                {
                    positioned.Position = position;
                }

                _items.Add(positioned);
                break;
            case IHtmlContent content:
                _items.Add(new PositionWrapper(content, position));
                break;
            case string text:
                _items.Add(new PositionWrapper(new HtmlContentBuilder().Append(text), position));
                break;
            default:
                throw new NotSupportedException($"A shape can contain shapes, HTML content and strings. It can't contain the type {item.GetType()}.");
        }

        _sorted = false;
    }
}
