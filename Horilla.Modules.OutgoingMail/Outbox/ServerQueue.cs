using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Sends the due messages of one server, as many at a time as it accepts, until none is left. Servers don't wait for each
/// other. One per server and dispatcher; thread-safe.
/// </summary>
internal sealed partial class ServerQueue(string configurationId, OutboxClaims claims, OutboxScopes scopes, OutboxClock clock, CancellationToken stopping, CancellationToken abort, ILogger logger)
{
    /// <summary>How many messages are claimed at a time.</summary>
    private const int BatchSize = 50;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _claiming = new(1);
    private readonly Queue<OutboxClaim> _claimed = new();
    private readonly ServerHealth _health = new(configurationId);
    private bool _isPumpRequested;
    private int _inFlight;

    /// <summary>Completes when nothing is being sent.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts sending, unless it runs; it then looks again before it ends.</summary>
    public void Pump(OutboxJournal journal)
    {
        lock (_lock)
        {
            _isPumpRequested = true;

            if (Completion.IsCompleted)
            {
                Completion = Task.Run(() => RunAsync(journal));
            }
        }
    }

    private async Task RunAsync(OutboxJournal journal)
    {
        while (TryBegin())
        {
            try
            {
                await claims.LoadAsync(configurationId, _health, stopping);
                var workers = await scopes.GetMaxConcurrencyAsync(configurationId);

                // One connection is kept for messages that someone waits for, if the server accepts more than one.
                await Task.WhenAll(Enumerable.Range(0, workers).Select(number => WorkAsync(journal, number == 0 && workers > 1 ? OutboxPriority.High : OutboxPriority.Bulk)));
            }
            catch (Exception e)
            {
                LogFailed(e, configurationId);
            }

            await ReleaseClaimedAsync(journal);
        }
    }

    /// <summary>Whether there is anything to look for. Decided under the lock, so that no request is missed.</summary>
    private bool TryBegin()
    {
        lock (_lock)
        {
            var isRequested = _isPumpRequested && !stopping.IsCancellationRequested;
            _isPumpRequested = false;

            if (!isRequested)
            {
                // A request from now on starts a new run, although this task still has to return.
                Completion = Task.CompletedTask;
            }

            return isRequested;
        }
    }

    private async Task WorkAsync(OutboxJournal journal, OutboxPriority maxPriority)
    {
        while (!stopping.IsCancellationRequested && await TakeAsync(maxPriority) is { } claim)
        {
            var isProbe = _health.IsInTrouble;

            try
            {
                await scopes.DeliverAsync(claim, journal, abort);
            }
            catch (OperationCanceledException e)
            {
                LogNotSent(e, claim.Mail.MailId);
            }
            catch (Exception e)
            {
                LogMessageFailed(e, claim.Mail.MailId);
            }
            finally
            {
                Interlocked.Decrement(ref _inFlight);
            }

            if (isProbe)
            {
                EndProbe();

                return;
            }
        }
    }

    /// <summary>Makes the queue go on with all connections if the server works again.</summary>
    private void EndProbe()
    {
        lock (_lock)
        {
            _isPumpRequested |= !_health.IsInTrouble;
        }
    }

    /// <summary>Takes a claimed message, and claims more if there is none. Returns null if none is due, or the server is blocked.</summary>
    private async Task<OutboxClaim?> TakeAsync(OutboxPriority maxPriority)
    {
        await _claiming.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (stopping.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            // A server in trouble is probed with one message at a time.
            if (_health.IsBlocked(clock.Now) || (_health.IsInTrouble && Volatile.Read(ref _inFlight) > 0))
            {
                return null;
            }

            var next = await ClaimAsync(maxPriority);
            Interlocked.Add(ref _inFlight, next is null ? 0 : 1);

            return next;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _claiming.Release();
        }
    }

    private async Task<OutboxClaim?> ClaimAsync(OutboxPriority maxPriority)
    {
        if (maxPriority == OutboxPriority.High)
        {
            return (await claims.ClaimDueAsync(configurationId, _health, maxPriority, 1, stopping)).FirstOrDefault();
        }

        if (_claimed.Count == 0)
        {
            foreach (var claim in await claims.ClaimDueAsync(configurationId, _health, maxPriority, BatchSize, stopping))
            {
                _claimed.Enqueue(claim);
            }
        }

        return _claimed.TryDequeue(out var next) ? next : null;
    }

    /// <summary>Gives back the messages that aren't sent, because the server is blocked or the node stops.</summary>
    private async Task ReleaseClaimedAsync(OutboxJournal journal)
    {
        while (_claimed.TryDequeue(out var claim))
        {
            await journal.ReleaseAsync(claim);
        }
    }

    [LoggerMessage(37, LogLevel.Error, "The queue of the mail server {ConfigurationId} failed. It's continued within a minute.")]
    private partial void LogFailed(Exception exception, string configurationId);

    [LoggerMessage(39, LogLevel.Information, "Message {MailId} of the outbox wasn't sent now. It's left to the next attempt, or to the node that has it.")]
    private partial void LogNotSent(Exception exception, string mailId);

    [LoggerMessage(38, LogLevel.Error, "Message {MailId} of the outbox couldn't be processed.")]
    private partial void LogMessageFailed(Exception exception, string mailId);
}
