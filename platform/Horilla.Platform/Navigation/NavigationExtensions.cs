using Microsoft.Extensions.Localization;

namespace OrchardCore.Navigation;

public static class NavigationExtensions
{
    public const string AdminMenuPositionPrefix = "am";

    public const string Separator = "-";

    /// <summary>Returns a position that sorts items by their text.</summary>
    public static string PrefixPosition(this LocalizedString position, string sublevel = "", string prefix = AdminMenuPositionPrefix, string separator = Separator)
        => position.Value.PrefixPosition(sublevel, prefix, separator);

    /// <inheritdoc cref="PrefixPosition(LocalizedString, string, string, string)"/>
    public static string PrefixPosition(this string position, string sublevel = "", string prefix = AdminMenuPositionPrefix, string separator = Separator)
        => $"{prefix}{separator}{position}{separator}{sublevel}";
}
