namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Messages of the log that a command was chosen for.</summary>
/// <param name="Command">The command.</param>
/// <param name="Entries">The messages that it can be applied to.</param>
/// <param name="Skipped">The number of other messages.</param>
public sealed record LogSelection(LogCommand Command, IReadOnlyList<LogEntry> Entries, int Skipped)
{
    /// <summary>Creates a selection from the messages that were chosen.</summary>
    public static LogSelection Create(LogCommand command, IReadOnlyList<LogEntry> chosen)
    {
        var entries = chosen.Where(entry => entry.CanApply(command)).ToArray();

        return new LogSelection(command, entries, chosen.Count - entries.Length);
    }
}
