using System.Globalization;
using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The form of the outbox settings, as typed.</summary>
public sealed class OutboxSettingsViewModel
{
    /// <summary>The maximum number of delays.</summary>
    public const int MaxDelays = 20;

    /// <summary>The maximum delay, in minutes: a week.</summary>
    public const int MaxDelayMinutes = 7 * 24 * 60;

    /// <summary>The maximum period, in hours: 30 days.</summary>
    public const int MaxHours = 30 * 24;

    /// <summary>The maximum time to keep something, in days: ten years.</summary>
    public const int MaxDays = 3650;

    /// <summary>Whether nothing is sent from the outbox.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The delays between attempts in minutes, separated by commas.</summary>
    public string? RetryDelays { get; set; }

    /// <summary>How long a message is tried, in hours.</summary>
    public string? RetryHours { get; set; }

    /// <summary>How messages of OrchardCore's email service are sent.</summary>
    public EmailServiceMode EmailServiceMode { get; set; }

    /// <summary>How long content is kept, in days.</summary>
    public string? ContentDays { get; set; }

    /// <summary>How long log entries are kept, in days.</summary>
    public string? LogDays { get; set; }

    /// <summary>Which messages that are sent at once go into the log.</summary>
    public DirectLogMode DirectLogMode { get; set; }

    /// <summary>Returns the form for settings.</summary>
    public static OutboxSettingsViewModel From(OutboxSettings settings) => new()
    {
        IsPaused = settings.IsPaused,
        RetryDelays = string.Join(", ", settings.RetryDelaysMinutes),
        RetryHours = settings.RetryHours.ToString(CultureInfo.InvariantCulture),
        EmailServiceMode = settings.EmailServiceMode,
        ContentDays = settings.ContentDays.ToString(CultureInfo.InvariantCulture),
        LogDays = settings.LogDays.ToString(CultureInfo.InvariantCulture),
        DirectLogMode = settings.DirectLogMode,
    };

    /// <summary>Returns the delays, or null if they aren't valid.</summary>
    public int[]? ParseDelays()
    {
        var parts = (RetryDelays ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var delays = parts.Select(part => ParseNumber(part, 1, MaxDelayMinutes)).ToArray();

        return delays.Length is 0 or > MaxDelays || delays.Contains(null) ? null : [.. delays.OfType<int>()];
    }

    /// <summary>Returns a number within a range, or null.</summary>
    public static int? ParseNumber(string? text, int min, int max)
        => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : null;
}
