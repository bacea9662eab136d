namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Cuts texts to a length.</summary>
internal static class Cutting
{
    /// <summary>The beginning of a text, and no half character at its end: databases refuse one.</summary>
    public static string Cut(this string text, int length)
        => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
