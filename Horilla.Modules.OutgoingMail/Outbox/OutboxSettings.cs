namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The outbox settings of a tenant.</summary>
public sealed class OutboxSettings
{
    /// <summary>The delays before the second and each further attempt, in minutes. The last one repeats. At least one, each 1 or more.</summary>
    public int[] RetryDelaysMinutes { get; set; } = [1, 5, 15, 30, 60, 120, 240];

    /// <summary>How long a message is tried after it was due, in hours. 48 by default; 1 or more.</summary>
    public int RetryHours { get; set; } = 48;

    /// <summary>Whether nothing is sent from the outbox.</summary>
    public bool IsPaused { get; set; }

    /// <summary>How messages are sent that come through OrchardCore's email service.</summary>
    public EmailServiceMode EmailServiceMode { get; set; } = EmailServiceMode.AtOnceThenLater;

    /// <summary>How long the content of a message is kept after it ended, in days. 7 by default; 0 to remove it at once.</summary>
    public int ContentDays { get; set; } = 7;

    /// <summary>How long a message is kept in the log after it ended, in days. 90 by default; 1 or more.</summary>
    public int LogDays { get; set; } = 90;

    /// <summary>Which messages that are sent at once go into the log.</summary>
    public DirectLogMode DirectLogMode { get; set; } = DirectLogMode.All;
}
