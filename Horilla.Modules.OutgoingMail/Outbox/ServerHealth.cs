using System.Text.Json;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// How a server treated the last messages of the outbox. A server in trouble is blocked: at once if more attempts would do
/// harm or no good, otherwise after several failures in a row. One per server and dispatcher; thread-safe.
/// </summary>
/// <param name="configurationId">The server.</param>
internal sealed class ServerHealth(string configurationId)
{
    /// <summary>How many failures in a row block a server that broke connections.</summary>
    private const int MaxFailures = 5;

    private const int FirstBlockMinutes = 1;
    private const int MaxBlockMinutes = 30;

    private readonly Lock _lock = new();
    private OutboxServerState? _state;
    private int _unwrittenChanges;

    /// <summary>Whether the server is blocked, or to be probed.</summary>
    public bool IsInTrouble
    {
        get
        {
            lock (_lock)
            {
                return _state is { IsInTrouble: true };
            }
        }
    }

    /// <summary>Whether nothing is to be sent through the server now.</summary>
    public bool IsBlocked(long now)
    {
        lock (_lock)
        {
            return _state is { } state && state.BlockedUntil > now;
        }
    }

    /// <summary>Takes over the stored state, which other nodes and administrators change, unless a change of this node isn't written yet.</summary>
    public void Load(OutboxServerState? stored)
    {
        lock (_lock)
        {
            if (_unwrittenChanges == 0)
            {
                _state = stored;
            }
        }
    }

    /// <summary>Called when a change is written, or can't be written.</summary>
    public void EndWrite()
    {
        lock (_lock)
        {
            _unwrittenChanges--;
        }
    }

    /// <summary>Records that the server works.</summary>
    /// <returns>Whether it was failing, so that its stored state has to be removed. The caller then calls <see cref="EndWrite"/>.</returns>
    public bool Succeed()
    {
        lock (_lock)
        {
            if (_state is null)
            {
                return false;
            }

            _state = null;
            _unwrittenChanges++;

            return true;
        }
    }

    /// <summary>Records a failure of the server.</summary>
    /// <returns>The state to store. The caller then calls <see cref="EndWrite"/>.</returns>
    public OutboxServerState Fail(OutgoingMailError error, long now)
    {
        lock (_lock)
        {
            var failures = (_state?.Failures ?? 0) + 1;
            var isProbe = _state is { IsInTrouble: true } && _state.BlockedUntil <= now;
            var blocks = _state is { IsInTrouble: true } || failures >= MaxFailures || error.Step is DeliveryStep.SignIn or DeliveryStep.Configuration or DeliveryStep.DnsLookup;
            _unwrittenChanges++;
            var lastMinutes = _state?.BlockMinutes ?? 0;

            // Of messages that failed together, only the first one extends the block.
            var minutes = !blocks ? 0 : lastMinutes == 0 ? FirstBlockMinutes : isProbe ? Math.Min(lastMinutes * 2, MaxBlockMinutes) : lastMinutes;

            return _state = new OutboxServerState
            {
                ConfigurationId = configurationId,
                Failures = failures,
                FailingSince = _state?.FailingSince ?? now,
                BlockMinutes = minutes,
                BlockedUntil = minutes == 0 ? 0 : now + TimeSpan.FromMinutes(minutes).Ticks,
                ErrorJson = JsonSerializer.Serialize(error),
            };
        }
    }
}
