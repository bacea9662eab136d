using System.Collections.Concurrent;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Says which results are worth a write to the database, so that sending many messages costs none: a change at once, and
/// the same again after 30 seconds. Where results alternate, so many changes are written in 30 seconds, and then the last
/// of them when these are over. One for each tenant shell; thread-safe.
/// </summary>
public sealed class DeliveryWriteThrottle(TimeProvider time)
{
    /// <summary>The most writes for a configuration in <see cref="Period"/>.</summary>
    private const int MaxWrites = 5;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, History> _histories = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether this result is to be written now, later, or not at all. It then counts as written. Of those that are to be
    /// written later, one says so: whoever has it calls <see cref="WaitAsync"/>.
    /// </summary>
    /// <param name="result">The result, of a configuration.</param>
    /// <param name="revision">The revision of the configuration: after an edit everything is new.</param>
    public DeliveryWrite Next(OutgoingMailResult result, string revision)
        => _histories.GetOrAdd(result.ConfigurationId ?? "", _ => new History()).Next(new State(result.Status, result.Error?.Code, revision), result, time);

    /// <summary>Waits until the last result of a configuration may be written.</summary>
    /// <returns>That result; null where it says what is written already.</returns>
    public async Task<OutgoingMailResult?> WaitAsync(string configurationId)
    {
        await Task.Delay(Period, time);

        return _histories.TryGetValue(configurationId, out var history) ? history.WriteLate(time) : null;
    }

    private sealed record State(OutgoingMailStatus Status, string? Code, string Revision);

    private sealed class History
    {
        private readonly Lock _lock = new();
        private (State State, OutgoingMailResult Result)? _last;
        private State? _written;
        private long _writtenAt;
        private long _periodStart;
        private int _writes;
        private bool _isLate;

        public DeliveryWrite Next(State state, OutgoingMailResult result, TimeProvider time)
        {
            lock (_lock)
            {
                _last = (state, result);

                if (_written == state && time.GetElapsedTime(_writtenAt) < Period)
                {
                    return DeliveryWrite.Never;
                }

                if (_written?.Revision != state.Revision || time.GetElapsedTime(_periodStart) >= Period)
                {
                    _periodStart = time.GetTimestamp();
                    _writes = 0;
                }

                if (_writes == MaxWrites)
                {
                    var isFirst = !_isLate;
                    _isLate = true;

                    return isFirst ? DeliveryWrite.Later : DeliveryWrite.Never;
                }

                Write(state, time);

                return DeliveryWrite.Now;
            }
        }

        public OutgoingMailResult? WriteLate(TimeProvider time)
        {
            lock (_lock)
            {
                _isLate = false;

                if (_last is not { } last || last.State == _written)
                {
                    return null;
                }

                Write(last.State, time);

                return last.Result;
            }
        }

        private void Write(State state, TimeProvider time)
        {
            _written = state;
            _writtenAt = time.GetTimestamp();
            _writes++;
        }
    }
}
