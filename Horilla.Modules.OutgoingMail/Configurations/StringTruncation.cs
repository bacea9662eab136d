namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Truncates text.</summary>
public static class StringTruncation
{
    /// <summary>How much of a user's input an error message repeats, in characters.</summary>
    private const int InputLength = 80;

    /// <summary>Truncates a text without splitting a surrogate pair, because databases reject half of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The maximum number of UTF-16 code units; 1 or more.</param>
    public static string Truncate(this string text, int maxLength)
        => text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    /// <summary>Truncates input that an error message repeats. Returns it whole up to 80 characters, or else with an ellipsis.</summary>
    /// <param name="input">What a user entered.</param>
    public static string TruncateInput(this string input) => input.Length <= InputLength ? input : input.Truncate(InputLength) + "…";
}
