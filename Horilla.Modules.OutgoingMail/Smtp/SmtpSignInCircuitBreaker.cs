using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Keeps messages from retrying a rejected password: servers lock accounts and block addresses for that. Until a
/// connection proves that the password works, one attempt runs at a time and the others wait for it. After a rejection there
/// is a pause, then one message tries again. Saving the server starts a new circuit breaker. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SmtpSignInCircuitBreaker(TimeProvider time)
{
    /// <summary>The first pause after a rejection. It doubles with each further one.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _probe = new(1);
    private readonly Lock _lock = new();
    private volatile Rejection? _rejection;

    /// <summary>Opens a connection, if a sign-in may be tried now.</summary>
    /// <param name="open">Opens the connection and signs in.</param>
    /// <param name="hasConnection">Returns whether an open connection proves that the password works.</param>
    /// <param name="isTest">Whether someone requested this attempt. It is then made even after a rejection.</param>
    /// <param name="explain">Explains that the sign-in was rejected before, and for how long it isn't tried.</param>
    /// <param name="cancellationToken">Cancels the wait for another message's attempt.</param>
    /// <exception cref="DeliveryException">What <paramref name="open"/> throws, or what it threw for another message.</exception>
    public async Task<SmtpConnection> OpenAsync(Func<Task<SmtpConnection>> open, Func<bool> hasConnection, bool isTest, Func<OutgoingMailError, TimeSpan, OutgoingMailError> explain, CancellationToken cancellationToken)
    {
        if (isTest || IsOpen())
        {
            return await TryAsync(open, isTest);
        }

        await _probe.WaitAsync(cancellationToken);
        var ownsProbe = true;

        try
        {
            if (IsOpen())
            {
                // The attempt that this one waited for succeeded: the others don't have to wait for each other.
                _probe.Release();
                ownsProbe = false;
            }
            else if (_rejection is { } rejection && time.GetElapsedTime(rejection.Timestamp) is var elapsed && elapsed < rejection.Pause)
            {
                throw new DeliveryException(explain(rejection.Error, rejection.Pause - elapsed));
            }

            return await TryAsync(open, isTest);
        }
        finally
        {
            if (ownsProbe)
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
        catch (DeliveryException e) when (SmtpSignInErrors.IsRejected(e.Error))
        {
            lock (_lock)
            {
                _rejection = new Rejection(e.Error, time.GetTimestamp(), GetPause(_rejection, isTest));
            }

            throw;
        }
    }

    /// <summary>Returns the pause after a rejection. Attempts that ran at the same time, and those that someone requested, don't double it.</summary>
    private TimeSpan GetPause(Rejection? last, bool isTest)
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
