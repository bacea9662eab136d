using System.Collections.Concurrent;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Says which results are worth a write to the database, so that sending many mails costs none: the first of a kind, and
/// after that one in 30 seconds. One for each shell of a tenant; thread-safe.
/// </summary>
public sealed class NoteworthyDeliveries(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Noted> _last = new(StringComparer.Ordinal);

    /// <summary>Whether this result is to be noted. It then counts as noted.</summary>
    /// <param name="result">The result, of a configuration.</param>
    /// <param name="revision">The revision of the configuration: after a change everything is new.</param>
    public bool IsDue(OutgoingMailResult result, string revision)
    {
        var id = result.ConfigurationId ?? "";
        var now = new Noted(result.Status, result.Error?.Code, revision, time.GetTimestamp());

        while (true)
        {
            if (!_last.TryGetValue(id, out var last))
            {
                if (_last.TryAdd(id, now))
                {
                    return true;
                }
            }
            else if (now.IsLike(last) && time.GetElapsedTime(last.Timestamp, now.Timestamp) < Pause)
            {
                return false;
            }
            else if (_last.TryUpdate(id, now, last))
            {
                return true;
            }
        }
    }

    private sealed record Noted(OutgoingMailStatus Status, string? Code, string Revision, long Timestamp)
    {
        public bool IsLike(Noted other) => (Status, Code, Revision) == (other.Status, other.Code, other.Revision);
    }
}
