using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Sends the due messages of one server, as many at a time as it accepts. Each worker runs until it finds nothing to send, so
/// that none waits for a message that takes long. Servers don't wait for each other. One per server and dispatcher; thread-safe.
/// </summary>
internal sealed partial class ServerQueue(OutboxServer server, OutboxClaims claims, OutboxScopes scopes, OutboxClock clock, OutboxQueueContext context, ILogger logger)
{
    /// <summary>How many messages are claimed at a time.</summary>
    private const int BatchSize = 50;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _starting = new(1);
    private readonly SemaphoreSlim _claiming = new(1);
    private readonly Queue<OutboxClaim> _claimed = new();

    /// <summary>The messages that are being claimed, with the request for which they are; null if none are.</summary>
    private Task<(IReadOnlyList<OutboxClaim> Claims, int Request)>? _next;

    /// <summary>Whether several workers share the claimed messages.</summary>
    private bool _sharesClaims;
    private readonly Dictionary<int, Task> _workers = [];

    /// <summary>Grows with each request to look for messages. A worker that found nothing ends only if there was no request since.</summary>
    private int _requests;

    /// <summary>The request for which nothing was found.</summary>
    private int _drained = -1;

    private int _inFlight;

    /// <summary>Whether anything is being sent.</summary>
    public bool IsActive
    {
        get
        {
            lock (_lock)
            {
                return _workers.Count > 0;
            }
        }
    }

    /// <summary>Starts the workers that don't run. Those that run look again before they end.</summary>
    public async Task PumpAsync(OutboxJournal journal)
    {
        Interlocked.Increment(ref _requests);
        await _starting.WaitAsync();

        try
        {
            await claims.LoadAsync(server.ConfigurationId, server.Health, context.Stopping);
            (var count, server.Settings) = await scopes.GetServerAsync(server.ConfigurationId);
            StartWorkers(journal, count);
            await MoveBlockedAsync();
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            LogFailed(e, server.ConfigurationId);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Completes when nothing is being sent. Call it after the node was told to stop.</summary>
    public async Task StopAsync(OutboxJournal journal)
    {
        Task[] running;

        lock (_lock)
        {
            running = [.. _workers.Values];
        }

        await Task.WhenAll(running);
        await ReleaseClaimedAsync(journal);
    }

    private void StartWorkers(OutboxJournal journal, int count)
    {
        // The first worker of several is for urgent messages.
        _sharesClaims = count > 2;

        lock (_lock)
        {
            for (var number = 0; number < count && !context.Stopping.IsCancellationRequested; number++)
            {
                // One connection is kept for messages that someone waits for, if the server accepts more than one.
                var maxPriority = number == 0 && count > 1 ? OutboxPriority.High : OutboxPriority.Bulk;
                var worker = number;

                if (!_workers.ContainsKey(worker))
                {
                    _workers[worker] = Task.Run(() => WorkAsync(journal, worker, maxPriority));
                }
            }
        }
    }

    private async Task WorkAsync(OutboxJournal journal, int worker, OutboxPriority maxPriority)
    {
        while (true)
        {
            var request = Volatile.Read(ref _requests);
            var claim = await TakeAsync(journal, maxPriority, request);

            if (claim is not null)
            {
                await DeliverAsync(journal, claim);
            }
            else if (TryEnd(worker, request))
            {
                break;
            }
        }

        if (server.LimitedUntil > clock.Now)
        {
            context.WakeAt(server.LimitedUntil);
        }
    }

    /// <summary>Whether a worker that found nothing may end. Decided under the lock, so that no request is missed.</summary>
    private bool TryEnd(int worker, int request)
    {
        lock (_lock)
        {
            var ends = request == Volatile.Read(ref _requests) || context.Stopping.IsCancellationRequested;

            if (ends)
            {
                _workers.Remove(worker);
            }

            return ends;
        }
    }

    private async Task DeliverAsync(OutboxJournal journal, OutboxClaim claim)
    {
        var isProbe = server.Health.IsInTrouble;

        try
        {
            await scopes.DeliverAsync(claim, journal, context.Abort);
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

        if (isProbe || server.Health.IsBlocked(clock.Now) || IsAloneWithClaims())
        {
            // The server works again, so that all workers go on, or it's blocked, so that another one may stand in.
            _ = PumpAsync(journal);
        }
    }

    /// <summary>Whether the other workers ended while the server was in trouble, and left claimed messages behind.</summary>
    private bool IsAloneWithClaims()
    {
        lock (_lock)
        {
            return _workers.Count == 1 && _sharesClaims && _claimed.Count > 0;
        }
    }

    /// <summary>Takes a claimed message, and claims more if there is none. Returns null if none is due, or the server is blocked.</summary>
    private async Task<OutboxClaim?> TakeAsync(OutboxJournal journal, OutboxPriority maxPriority, int request)
    {
        try
        {
            await _claiming.WaitAsync(context.Stopping);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            if (server.Health.IsBlocked(clock.Now))
            {
                if (await ReleaseClaimedAsync(journal) > 0)
                {
                    // Another server may stand in for these too.
                    _ = PumpAsync(journal);
                }

                return null;
            }

            // A server in trouble is probed with one message at a time.
            if (server.Health.IsInTrouble && Volatile.Read(ref _inFlight) > 0)
            {
                return null;
            }

            var next = await ClaimAsync(maxPriority, request);
            Interlocked.Add(ref _inFlight, next is null ? 0 : 1);

            return next;
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            // The database failed. The next look is within a minute.
            LogFailed(e, server.ConfigurationId);

            return null;
        }
        finally
        {
            _claiming.Release();
        }
    }

    private async Task<OutboxClaim?> ClaimAsync(OutboxPriority maxPriority, int request)
    {
        if (maxPriority == OutboxPriority.High)
        {
            return (await claims.ClaimDueAsync(server, maxPriority, 1, context.Stopping)).FirstOrDefault();
        }

        // More are claimed before the last ones are taken, so that no worker waits for the database.
        if (_claimed.Count <= (_sharesClaims ? BatchSize / 2 : 0) && _drained != request)
        {
            _next ??= ClaimNextAsync(maxPriority, request);
        }

        // What was being claimed may be older than this request: if it was nothing, look again.
        while (_claimed.Count == 0 && _drained != request)
        {
            _next ??= ClaimNextAsync(maxPriority, request);
            await TakeNextAsync();
        }

        return _claimed.TryDequeue(out var next) ? next : null;
    }

    /// <summary>Claims on a thread of its own, because SQLite doesn't work asynchronously.</summary>
    private Task<(IReadOnlyList<OutboxClaim> Claims, int Request)> ClaimNextAsync(OutboxPriority maxPriority, int request)
        => Task.Run(async () => (await claims.ClaimDueAsync(server, maxPriority, BatchSize, context.Stopping), request));

    /// <summary>Takes over what is being claimed.</summary>
    private async Task TakeNextAsync()
    {
        if (_next is not { } next)
        {
            return;
        }

        _next = null;
        var (claimed, request) = await next;

        foreach (var claim in claimed)
        {
            _claimed.Enqueue(claim);
        }

        _drained = claimed.Count == 0 ? request : _drained;
    }

    /// <summary>If the server is blocked and another one stands in for it, its messages go there.</summary>
    private async Task MoveBlockedAsync()
    {
        if (server.Settings.FallbackConfigurationId is { } fallback && server.Health.IsBlocked(clock.Now) && await claims.MoveAsync(server.ConfigurationId, fallback, context.Stopping) > 0)
        {
            context.Wake();
        }
    }

    /// <summary>Gives back the messages that aren't sent, because the server is blocked or the node stops.</summary>
    /// <returns>Their number.</returns>
    private async Task<int> ReleaseClaimedAsync(OutboxJournal journal)
    {
        var released = new List<Task>();

        if (_next is { } next)
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // If it failed, nothing was claimed.
            await (next.IsCompletedSuccessfully ? TakeNextAsync() : Task.CompletedTask);
            _next = null;
        }

        while (_claimed.TryDequeue(out var claim))
        {
            released.Add(journal.ReleaseAsync(claim));
        }

        await Task.WhenAll(released);

        return released.Count;
    }

    [LoggerMessage(37, LogLevel.Error, "The queue of the mail server {ConfigurationId} failed. It's continued within a minute.")]
    private partial void LogFailed(Exception exception, string configurationId);

    [LoggerMessage(39, LogLevel.Information, "Message {MailId} of the outbox wasn't sent now. It's left to the next attempt, or to the node that has it.")]
    private partial void LogNotSent(Exception exception, string mailId);

    [LoggerMessage(38, LogLevel.Error, "Message {MailId} of the outbox couldn't be processed.")]
    private partial void LogMessageFailed(Exception exception, string mailId);
}
