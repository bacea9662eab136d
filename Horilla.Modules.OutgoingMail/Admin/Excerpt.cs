namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>What of a text a message repeats.</summary>
public static class Excerpt
{
    private const int Length = 80;

    /// <summary>The text, or its beginning where it is long.</summary>
    public static string Of(string text) => text.Length <= Length ? text : string.Concat(text.AsSpan(0, Length), "…");
}
