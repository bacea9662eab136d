using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>When a message is tried again, and for how long. Scoped.</summary>
public sealed class RetrySchedule(ISiteService siteService)
{
    /// <summary>The part of a delay by which it is extended at most, so that messages that failed together aren't tried together.</summary>
    public const double MaxJitter = 0.2;

    /// <summary>Returns the time of the next attempt, in ticks.</summary>
    /// <param name="now">The current time, in ticks.</param>
    /// <param name="attempts">The number of attempts so far, 1 or more.</param>
    /// <param name="retryAfter">How long the server asked to wait, or null if it didn't.</param>
    public async Task<long> GetNextAttemptAsync(long now, int attempts, TimeSpan? retryAfter)
    {
        var delays = (await siteService.GetSettingsAsync<OutboxSettings>()).RetryDelaysMinutes;
        var minutes = delays.Length == 0 ? 1 : Math.Max(delays[Math.Clamp(attempts - 1, 0, delays.Length - 1)], 1);
        var delay = TimeSpan.FromMinutes(minutes * (1 + (Random.Shared.NextDouble() * MaxJitter)));

        return now + Math.Max(delay.Ticks, retryAfter?.Ticks ?? 0);
    }

    /// <summary>Returns how long a message is tried after it was due, in ticks.</summary>
    public async Task<long> GetPeriodAsync() => TimeSpan.FromHours(Math.Max((await siteService.GetSettingsAsync<OutboxSettings>()).RetryHours, 1)).Ticks;
}
