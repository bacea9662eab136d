namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Adapts the number of leases to the number of connections that a server accepts. Leases whose connection was rejected
/// are withheld and released one by one. The pause doubles as long as each released lease is rejected again. A maximum far
/// above the server's limit then costs an occasional connection attempt, not bursts of them. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnectionBackOff(TimeProvider time)
{
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly Queue<Action> _withheld = [];
    private TimeSpan _pause = MinPause;
    private bool _isProbing;
    private ITimer? _timer;

    /// <summary>Withholds a lease until it is retried.</summary>
    /// <param name="release">Returns the lease.</param>
    public void Withhold(Action release)
    {
        lock (_lock)
        {
            if (_isProbing)
            {
                _isProbing = false;
                _pause = _pause * 2 < MaxPause ? _pause * 2 : MaxPause;
            }

            _withheld.Enqueue(release);
            _timer ??= time.CreateTimer(_ => ReleaseNext(), null, _pause, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Notes that the server accepted a connection.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            if (_isProbing)
            {
                _isProbing = false;
                _pause = MinPause;
            }
        }
    }

    private void ReleaseNext()
    {
        Action release;

        lock (_lock)
        {
            release = _withheld.Dequeue();
            _isProbing = true;
        }

        // The released lease may be withheld again immediately.
        release();

        lock (_lock)
        {
            _timer!.Dispose();
            _timer = _withheld.Count == 0 ? null : time.CreateTimer(_ => ReleaseNext(), null, _pause, Timeout.InfiniteTimeSpan);
        }
    }
}
