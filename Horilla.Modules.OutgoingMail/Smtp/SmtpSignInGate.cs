using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Keeps a rejected password from being tried by every message: servers lock accounts and block addresses for that. Until a
/// sign-in has worked, one attempt runs at a time and the others wait for it. After a rejection nobody tries for a while,
/// then one does. An edit of the server has a gate of its own. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SmtpSignInGate(TimeProvider time)
{
    /// <summary>The first pause after a rejection. It doubles with each further one.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _probe = new(1);
    private volatile bool _isOpen;
    private volatile Rejection? _rejection;

    /// <summary>Opens a connection, if a sign-in may be tried now.</summary>
    /// <param name="open">Opens it, with a sign-in.</param>
    /// <param name="isTest">Whether somebody asks for this very attempt: it is made whatever the last one brought.</param>
    /// <param name="explain">Says that the sign-in was rejected before, and for how long it isn't tried.</param>
    /// <param name="cancellationToken">Ends the wait for the attempt of another message.</param>
    /// <exception cref="DeliveryException">What <paramref name="open"/> throws, or what it threw for another message.</exception>
    public async Task<SmtpConnection> OpenAsync(Func<Task<SmtpConnection>> open, bool isTest, Func<OutgoingMailError, TimeSpan, OutgoingMailError> explain, CancellationToken cancellationToken)
    {
        if (_isOpen || isTest)
        {
            return await TryAsync(open);
        }

        await _probe.WaitAsync(cancellationToken);

        try
        {
            if (!_isOpen && _rejection is { } rejection && time.GetElapsedTime(rejection.Timestamp) is var elapsed && elapsed < rejection.Pause)
            {
                throw new DeliveryException(explain(rejection.Error, rejection.Pause - elapsed));
            }

            return await TryAsync(open);
        }
        finally
        {
            _probe.Release();
        }
    }

    private async Task<SmtpConnection> TryAsync(Func<Task<SmtpConnection>> open)
    {
        try
        {
            var connection = await open();
            _rejection = null;
            _isOpen = true;

            return connection;
        }
        catch (DeliveryException e) when (SmtpFailures.IsSignInRejected(e.Error))
        {
            var pause = _rejection is { } last ? last.Pause * 2 : MinPause;
            _isOpen = false;
            _rejection = new Rejection(e.Error, time.GetTimestamp(), pause < MaxPause ? pause : MaxPause);

            throw;
        }
    }

    private sealed record Rejection(OutgoingMailError Error, long Timestamp, TimeSpan Pause);
}
