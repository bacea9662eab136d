using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Texts of messages as the log stores them.</summary>
internal static class LogText
{
    /// <summary>Returns a text without control characters, shortened to the length of its column; empty for null.</summary>
    public static string Clean(string? text, int maxLength) => (ServerText.Clean(text ?? "") ?? "").Truncate(maxLength);
}
