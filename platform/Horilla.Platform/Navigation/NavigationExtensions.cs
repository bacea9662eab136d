using Microsoft.Extensions.Localization;

namespace OrchardCore.Navigation;

public static class NavigationExtensions
{
    public const string AdminMenuPositionPrefix = "am";

    public const string Separator = "-";

    /// <summary>A position that puts items in the order of their texts.</summary>
    public static string PrefixPosition(this LocalizedString position, string sublevel = "", string prefix = AdminMenuPositionPrefix, string separator = Separator)
        => position.Value.PrefixPosition(sublevel, prefix, separator);

    /// <inheritdoc cref="PrefixPosition(LocalizedString, string, string, string)"/>
    public static string PrefixPosition(this string position, string sublevel = "", string prefix = AdminMenuPositionPrefix, string separator = Separator)
        => $"{prefix}{separator}{position}{separator}{sublevel}";
}
