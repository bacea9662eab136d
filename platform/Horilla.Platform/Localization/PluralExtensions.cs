using Microsoft.Extensions.Localization;

namespace Microsoft.AspNetCore.Mvc.Localization;

public static class PluralExtensions
{
    /// <summary>Returns the singular for a count of one, otherwise the plural. The count is the argument {0}.</summary>
    public static LocalizedHtmlString Plural(this IHtmlLocalizer localizer, int count, string singular, string plural, params object[] arguments)
        => localizer[count == 1 ? singular : plural, [count, .. arguments]];

    /// <inheritdoc cref="Plural(IHtmlLocalizer, int, string, string, object[])"/>
    public static LocalizedString Plural(this IStringLocalizer localizer, int count, string singular, string plural, params object[] arguments)
        => localizer[count == 1 ? singular : plural, [count, .. arguments]];
}
