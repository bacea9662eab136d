using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Keeps a rejected password from being tried by every message: servers lock accounts and block addresses for that. While no
/// connection shows that it works, one attempt runs at a time and the others wait for it. After a rejection nobody tries for a while,
/// then one does. An edit of the server has a gate of its own. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SmtpSignInGate(TimeProvider time)
{
    /// <summary>The first pause after a rejection. It doubles with each further one.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _probe = new(1);
    private readonly Lock _lock = new();
    private volatile Rejection? _rejection;

    /// <summary>Opens a connection, if a sign-in may be tried now.</summary>
    /// <param name="open">Opens it, with a sign-in.</param>
    /// <param name="hasConnection">Whether a connection is open that the password has signed in.</param>
    /// <param name="isTest">Whether somebody asks for this very attempt: it is made whatever the last one brought.</param>
    /// <param name="explain">Says that the sign-in was rejected before, and for how long it isn't tried.</param>
    /// <param name="cancellationToken">Ends the wait for the attempt of another message.</param>
    /// <exception cref="DeliveryException">What <paramref name="open"/> throws, or what it threw for another message.</exception>
    public async Task<SmtpConnection> OpenAsync(Func<Task<SmtpConnection>> open, Func<bool> hasConnection, bool isTest, Func<OutgoingMailError, TimeSpan, OutgoingMailError> explain, CancellationToken cancellationToken)
    {
        if (isTest || IsOpen())
        {
            return await TryAsync(open, isTest);
        }

        await _probe.WaitAsync(cancellationToken);
        var isHeld = true;

        try
        {
            if (IsOpen())
            {
                // The attempt that this one waited for has worked: the others need not wait for each other.
                _probe.Release();
                isHeld = false;
            }
            else if (_rejection is { } rejection && time.GetElapsedTime(rejection.Timestamp) is var elapsed && elapsed < rejection.Pause)
            {
                throw new DeliveryException(explain(rejection.Error, rejection.Pause - elapsed));
            }

            return await TryAsync(open, isTest);
        }
        finally
        {
            if (isHeld)
            {
                _probe.Release();
            }
        }

        bool IsOpen() => _rejection is null && hasConnection();
    }

    private async Task<SmtpConnection> TryAsync(Func<Task<SmtpConnection>> open, bool isTest)
    {
        try
        {
            var connection = await open();
            _rejection = null;

            return connection;
        }
        catch (DeliveryException e) when (SmtpFailures.IsSignInRejected(e.Error))
        {
            lock (_lock)
            {
                _rejection = new Rejection(e.Error, time.GetTimestamp(), PauseAfter(_rejection, isTest));
            }

            throw;
        }
    }

    /// <summary>Attempts that ran at the same time, and those that somebody asked for, count once.</summary>
    private TimeSpan PauseAfter(Rejection? last, bool isTest)
    {
        if (last is null)
        {
            return MinPause;
        }

        var next = isTest || time.GetElapsedTime(last.Timestamp) < last.Pause ? last.Pause : last.Pause * 2;

        return next < MaxPause ? next : MaxPause;
    }

    private sealed record Rejection(OutgoingMailError Error, long Timestamp, TimeSpan Pause);
}
