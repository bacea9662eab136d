using System.Collections.Concurrent;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Decides which results are written to the database, so that sending many messages doesn't cause many writes. A change is
/// written at once, an unchanged result after 30 seconds. If results alternate, a limited number of changes is written in 30
/// seconds, and the last one afterwards. One instance per tenant shell; thread-safe.
/// </summary>
public sealed class DeliveryWriteThrottle(TimeProvider time)
{
    /// <summary>The maximum number of writes for a configuration in <see cref="Period"/>.</summary>
    private const int MaxWrites = 5;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ConfigurationState> _states = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns whether to write a result now, later or not at all. It then counts as written. Of several results to write later,
    /// only the first returns <see cref="DeliveryWriteTiming.Later"/>; its caller has to call <see cref="WaitForPendingAsync"/>.
    /// </summary>
    /// <param name="result">The result of a configuration.</param>
    /// <param name="isServerError">Whether it failed because of the server.</param>
    /// <param name="revision">The revision of the configuration. After an edit, any result counts as a change.</param>
    public DeliveryWriteTiming GetTiming(OutgoingMailResult result, bool isServerError, string revision)
        => _states.GetOrAdd(result.ConfigurationId ?? "", _ => new ConfigurationState()).GetTiming(new State(result.Status, result.Error?.Code, isServerError, revision), result, time);

    /// <summary>Waits until the latest result of a configuration may be written.</summary>
    /// <returns>That result and whether it failed because of the server, or null if the same state is already written.</returns>
    public async Task<(OutgoingMailResult Result, bool IsServerError)?> WaitForPendingAsync(string configurationId)
    {
        await Task.Delay(Period, time);

        return _states.TryGetValue(configurationId, out var state) ? state.TakePending(time) : null;
    }

    private sealed record State(OutgoingMailStatus Status, string? Code, bool IsServerError, string Revision);

    private sealed class ConfigurationState
    {
        private readonly Lock _lock = new();
        private (State State, OutgoingMailResult Result)? _last;
        private State? _written;
        private long _writtenAt;
        private long _periodStart;
        private int _writes;
        private bool _isWritePending;

        public DeliveryWriteTiming GetTiming(State state, OutgoingMailResult result, TimeProvider time)
        {
            lock (_lock)
            {
                _last = (state, result);

                if (_written == state && time.GetElapsedTime(_writtenAt) < Period)
                {
                    return DeliveryWriteTiming.Never;
                }

                if (_written?.Revision != state.Revision || time.GetElapsedTime(_periodStart) >= Period)
                {
                    _periodStart = time.GetTimestamp();
                    _writes = 0;
                }

                if (_writes == MaxWrites)
                {
                    var isFirst = !_isWritePending;
                    _isWritePending = true;

                    return isFirst ? DeliveryWriteTiming.Later : DeliveryWriteTiming.Never;
                }

                Write(state, time);

                return DeliveryWriteTiming.Now;
            }
        }

        public (OutgoingMailResult Result, bool IsServerError)? TakePending(TimeProvider time)
        {
            lock (_lock)
            {
                _isWritePending = false;

                if (_last is not { } last || last.State == _written)
                {
                    return null;
                }

                Write(last.State, time);

                return (last.Result, last.State.IsServerError);
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
