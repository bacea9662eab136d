using System.Globalization;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A position in the log: pages continue from a message, so that the last page costs as little as the first.</summary>
/// <param name="CreatedAt">When the message was created, in ticks.</param>
/// <param name="MailId">The ID of the message.</param>
public sealed record LogCursor(long CreatedAt, string MailId)
{
    /// <summary>Reads a position from a URL, or returns null if there is no valid one.</summary>
    public static LogCursor? Parse(string? text)
        => text?.Split('-') is [var time, { Length: 26 } id] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && id.All(char.IsAsciiLetterOrDigit)
            ? new LogCursor(ticks, id)
            : null;

    /// <summary>Returns the position for a URL.</summary>
    public override string ToString() => $"{CreatedAt.ToString(CultureInfo.InvariantCulture)}-{MailId}";
}
