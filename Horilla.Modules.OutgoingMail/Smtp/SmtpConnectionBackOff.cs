namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Finds out how many connections a server accepts. Leases that it turned away are withheld and come back one by one. As
/// long as each that comes back is turned away again, the pauses double, so that a maximum far above the server's limit
/// costs a connection attempt now and then and no burst of them. Thread-safe.
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

    /// <summary>Withholds a lease until its turn comes to be tried again.</summary>
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

    /// <summary>The server accepted a connection.</summary>
    public void Succeeded()
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

        // What is released may be withheld again at once.
        release();

        lock (_lock)
        {
            _timer!.Dispose();
            _timer = _withheld.Count == 0 ? null : time.CreateTimer(_ => ReleaseNext(), null, _pause, Timeout.InfiniteTimeSpan);
        }
    }
}
