namespace OrchardCore.DisplayManagement.Views;

/// <summary>A location such as <c>Content:5@group</c>: a zone, a position in it, and the group that it is shown in.</summary>
internal sealed record ShapeLocation(string Zone, string Position, string Group)
{
    private const string Hidden = "-";

    /// <summary>Parses a location. Returns null for a shape that isn't shown.</summary>
    public static ShapeLocation? Parse(string? location)
    {
        if (string.IsNullOrEmpty(location) || location == Hidden)
        {
            return null;
        }

        if (location.AsSpan().ContainsAny("#%|/"))
        {
            throw new NotSupportedException($"The location '{location}' uses a tab, a card, a column or a layout zone, which this platform doesn't support.");
        }

        var (place, group) = Cut(location, '@');
        var (zone, position) = Cut(place, ':');

        return new ShapeLocation(zone, position, group);
    }

    private static (string Before, string After) Cut(string text, char mark)
        => text.Split(mark, 2) is [var before, var after] ? (before, after) : (text, "");
}
