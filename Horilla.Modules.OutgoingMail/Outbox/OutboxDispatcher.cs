using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore;
using OrchardCore.Environment.Cache;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Sends the messages of the tenant's outbox on this node: looks for due messages when it's woken and once a minute, and
/// starts a queue for each of their servers. One instance per tenant shell; thread-safe.
/// </summary>
public sealed partial class OutboxDispatcher : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(1);

    /// <summary>Messages that become due shortly after each other are found together.</summary>
    private static readonly TimeSpan MinSweepInterval = TimeSpan.FromSeconds(2);

    private readonly OutboxDatabase _database;
    private readonly OutboxClock _clock;
    private readonly OutboxHostOptions _options;
    private readonly OutboxScopes _scopes;
    private readonly ISignal _signal;
    private readonly ILogger _logger;
    private readonly OutboxClaims _claims;
    private readonly string _owner = IdGenerator.GenerateId();
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenRegistration _hostStopping;
    private readonly CancellationTokenSource _abort = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ConcurrentDictionary<string, ServerQueue> _queues = new(StringComparer.Ordinal);
    private long _nextSweep;
    private bool _isLookRequested;

    /// <summary>Whether no message was waiting at the last look, so that any message has to wake it.</summary>
    private bool _isIdle;
    private Task? _running;
    private IDisposable? _signalRegistration;

    /// <summary>Creates the dispatcher. It does nothing before <see cref="Start"/>.</summary>
    public OutboxDispatcher(OutboxDatabase database, OutboxClock clock, IOptions<OutboxHostOptions> options, OutboxScopes scopes, ISignal signal, IHostApplicationLifetime lifetime, ILogger<OutboxDispatcher> logger)
    {
        _database = database;
        _clock = clock;
        _options = options.Value;
        _scopes = scopes;
        _signal = signal;
        _logger = logger;
        _claims = new OutboxClaims(database, clock, _owner, TimeSpan.FromSeconds(_options.LeaseSeconds));
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);

        scopes.Dispatcher = this;
        scopes.Replaced = () => _ = StopAsync();

        // The host waits for this callback before it goes on shutting down.
        _hostStopping = lifetime.ApplicationStopping.Register(() => StopAsync().GetAwaiter().GetResult());
    }

    /// <summary>Starts looking for messages. Does nothing if it has already started or stopped.</summary>
    public void Start()
    {
        if (_stopping.IsCancellationRequested || _running is not null)
        {
            return;
        }

        // Not within the scope of the request that started the tenant.
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>Makes it look for a message that is due at a time, in ticks.</summary>
    public void WakeAt(long dueAt)
    {
        if (dueAt < Volatile.Read(ref _nextSweep))
        {
            Volatile.Write(ref _nextSweep, dueAt);
            ReleaseWait();
        }
        else if (Volatile.Read(ref _isIdle))
        {
            ReleaseWait();
        }
    }

    /// <summary>Makes it look for messages now.</summary>
    public void Wake()
    {
        Volatile.Write(ref _isLookRequested, true);
        ReleaseWait();
    }

    private void ReleaseWait()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    /// <summary>
    /// Claims no more messages, and waits a limited time for those that are being sent. What isn't sent by then is left to other
    /// nodes, or to the next start.
    /// </summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _abort.CancelAfter(TimeSpan.FromSeconds(_options.ShutdownSeconds));

        if (_running is { } running)
        {
            await running;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _hostStopping.DisposeAsync();
        _stopping.Dispose();
        _abort.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        await using var journal = new OutboxJournal(_database, _clock.Time, Wake, _logger);
        RegisterSignal();
        var renewing = RenewLeasesAsync();

        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                Volatile.Write(ref _isLookRequested, false);
                var wait = await RunRoundAsync(journal);

                // It may be woken only to wait for a shorter time.
                while (await WaitAsync(wait) && !Volatile.Read(ref _isLookRequested) && Volatile.Read(ref _nextSweep) is var next && next > _clock.Now)
                {
                    wait = TimeSpan.FromTicks(Math.Clamp(next - _clock.Now, TimeSpan.TicksPerMillisecond, PollInterval.Ticks));
                }
            }
        }
        finally
        {
            _signalRegistration?.Dispose();
            await Task.WhenAll(_queues.Values.Select(queue => queue.StopAsync(journal)));
            await _abort.CancelAsync();
            await renewing;
            await journal.StopAsync(TimeSpan.FromSeconds(_options.ShutdownSeconds));
        }
    }

    /// <summary>Each token signals once, so the next one is taken before the senders look.</summary>
    private void RegisterSignal()
    {
        if (!_stopping.IsCancellationRequested)
        {
            _signalRegistration = _signal.GetToken(OutboxWakeUp.Signal).RegisterChangeCallback(
                _ =>
                {
                    RegisterSignal();
                    Wake();
                },
                null);
        }
    }

    /// <summary>Looks for messages.</summary>
    /// <returns>How long to wait before the next look.</returns>
    private async Task<TimeSpan> RunRoundAsync(OutboxJournal journal)
    {
        try
        {
            // Before the look, so that a message that it misses wakes it.
            Volatile.Write(ref _isIdle, true);

            if (!await _claims.HasWaitingAsync(_stopping.Token))
            {
                _scopes.ClearMarker();

                return PollInterval;
            }

            Volatile.Write(ref _isIdle, false);

            if (!await _scopes.CanSendAsync())
            {
                return PollInterval;
            }

            var now = _clock.Now;

            // The second condition holds after the clock was set back.
            if (now >= _nextSweep || _nextSweep > now + PollInterval.Ticks)
            {
                await SweepAsync(journal);
            }

            foreach (var server in await _claims.GetWaitingServersAsync(_stopping.Token))
            {
                // Not awaited: a server doesn't wait for another.
                _ = _queues.GetOrAdd(server, CreateQueue).PumpAsync(journal);
            }

            return TimeSpan.FromTicks(Math.Clamp(_nextSweep - _clock.Now, TimeSpan.TicksPerMillisecond, PollInterval.Ticks));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            LogRoundFailed(e);
        }

        return PollInterval;
    }

    private ServerQueue CreateQueue(string configurationId)
        => new(new OutboxServer(configurationId), _claims, _scopes, _clock, new OutboxQueueContext(Wake, WakeAt, _stopping.Token, _abort.Token), _logger);

    /// <summary>What is done once a minute, and when a message becomes due: it looks at all waiting messages.</summary>
    private async Task SweepAsync(OutboxJournal journal)
    {
        await RecoverAsync();
        await EndOverdueAsync(journal);
        var next = await _claims.QueueDueAsync(_stopping.Token);
        var now = _clock.Now;
        Volatile.Write(ref _nextSweep, Math.Clamp(next ?? long.MaxValue, now + MinSweepInterval.Ticks, now + PollInterval.Ticks));
    }

    private async Task RecoverAsync()
    {
        var (queued, inDoubt) = await _claims.RecoverAsync(_stopping.Token);

        if (queued > 0 || inDoubt > 0)
        {
            LogRecovered(queued, inDoubt);
        }
    }

    /// <summary>Ends the messages that have expired, and those that were tried for too long.</summary>
    private async Task EndOverdueAsync(OutboxJournal journal)
    {
        while (await _claims.ClaimExpiredAsync(_stopping.Token) is { Count: > 0 } expired)
        {
            await _scopes.EndAsync(expired, OutboxMailState.Expired, journal);
        }

        var period = await _scopes.GetRetryPeriodAsync();

        while (await _claims.ClaimOverdueAsync(_clock.Now - period, _stopping.Token) is { Count: > 0 } overdue)
        {
            await _scopes.EndAsync(overdue, OutboxMailState.Failed, journal);
        }
    }

    /// <summary>Waits until it's woken, or for a time.</summary>
    /// <returns>Whether it was woken.</returns>
    private async Task<bool> WaitAsync(TimeSpan wait)
    {
        try
        {
            return await _wake.WaitAsync(wait, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
            return false;
        }
    }

    /// <summary>Renews the leases of the messages that are being sent, while there are any.</summary>
    private async Task RenewLeasesAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.LeaseSeconds / 3d));

        try
        {
            while (await timer.WaitForNextTickAsync(_abort.Token))
            {
                if (_queues.Values.Any(queue => queue.IsActive))
                {
                    await RenewAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // Nothing is being sent any longer.
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await _claims.RenewAsync(_abort.Token);
        }
        catch (Exception e) when (!_abort.IsCancellationRequested)
        {
            // If the lease expires, other nodes take over the messages whose content hasn't begun.
            LogNotRenewed(e);
        }
    }

    [LoggerMessage(34, LogLevel.Error, "The outbox couldn't look for messages. The next look is in a minute.")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(35, LogLevel.Warning, "A node stopped while it was sending: {Queued} messages are queued again, and {InDoubt} are in doubt.")]
    private partial void LogRecovered(int queued, int inDoubt);

    [LoggerMessage(36, LogLevel.Error, "The leases of the messages that are being sent couldn't be renewed.")]
    private partial void LogNotRenewed(Exception exception);
}
