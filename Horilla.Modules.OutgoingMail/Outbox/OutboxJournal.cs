using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Writes marks and outcomes of messages in their order, as many as are waiting in one transaction. An outcome is written
/// again until the database takes it; a mark fails with the database, so that its message isn't sent. One instance per
/// dispatcher; thread-safe.
/// </summary>
internal sealed partial class OutboxJournal : IAsyncDisposable
{
    private const int MaxStrikes = 5;

    /// <summary>How long an unused connection is kept.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly OutboxDatabase _database;
    private readonly TimeProvider _time;
    private readonly Action _onMoved;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _writing;
    private OutboxRelaxedConnection? _connection;

    /// <summary>Starts writing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onMoved">Called when a message was moved to the queue of another server.</param>
    /// <param name="logger">The log.</param>
    public OutboxJournal(OutboxDatabase database, TimeProvider time, Action onMoved, ILogger logger)
    {
        _database = database;
        _time = time;
        _onMoved = onMoved;
        _logger = logger;
        _writing = WriteAllAsync();
    }

    /// <summary>Marks that the content of a message is about to be sent.</summary>
    /// <returns>Whether it may be sent: its claim is still valid.</returns>
    /// <exception cref="Exception">The database failed. The content must not be sent.</exception>
    public Task<bool> MarkContentStartedAsync(OutboxClaim claim) => AddAsync(new OutboxWrite.Mark(claim));

    /// <summary>Writes the outcome of a message.</summary>
    /// <returns>Whether the claim was still valid.</returns>
    public Task<bool> WriteAsync(OutboxOutcome outcome) => AddAsync(new OutboxWrite.Outcome(outcome));

    /// <summary>Gives a message back whose attempt ended without an outcome.</summary>
    public Task<bool> ReleaseAsync(OutboxClaim claim) => AddAsync(new OutboxWrite.Release(claim));

    /// <summary>Completes when everything is written, or gives up what the database doesn't take within the time.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        _entries.Writer.TryComplete();
        _abort.CancelAfter(timeout);
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _abort.Dispose();
    }

    private Task<bool> AddAsync(OutboxWrite write)
    {
        var entry = new Entry(write);

        return _entries.Writer.TryWrite(entry) ? entry.Written.Task : Task.FromException<bool>(new OperationCanceledException("The sender of the outbox has stopped."));
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Entry>();

        while (await WaitToReadAsync())
        {
            batch.Clear();

            while (batch.Count < OutboxBatch.MaxSize && _entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await WriteBatchAsync(batch);
        }
    }

    /// <summary>Waits for entries. The connection is kept while they come one after the other.</summary>
    private async Task<bool> WaitToReadAsync()
    {
        if (_entries.Reader.TryPeek(out _))
        {
            return true;
        }

        var next = _entries.Reader.WaitToReadAsync().AsTask();

        if (await Task.WhenAny(next, Task.Delay(IdleTime, _time)) != next)
        {
            await CloseAsync();
        }

        if (!await next)
        {
            await CloseAsync();

            return false;
        }

        return true;
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteBatchAsync(List<Entry> batch)
    {
        while (!await TryWriteAsync(batch))
        {
            // One of them may be the cause, so each is written on its own.
            var written = 0;

            foreach (var entry in batch)
            {
                written += await TryWriteAsync([entry]) ? 1 : 0;
            }

            GiveUp(batch.Where(entry => !entry.Written.Task.IsCompleted), worksForOthers: written > 0);
            batch.RemoveAll(entry => entry.Written.Task.IsCompleted);

            if (batch.Count == 0)
            {
                return;
            }

            await Task.Delay(RetryDelay, _time, _abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryWriteAsync(IReadOnlyList<Entry> batch)
    {
        try
        {
            _connection ??= await _database.OpenRelaxedAsync(_abort.Token);
            OutboxWrite[] writes = [.. batch.Select(entry => entry.Write)];
            var results = await _connection.TryRunAsync(connection => OutboxBatch.TryWriteTogetherAsync(connection, writes), _abort.Token)
                ?? await _connection.RunAsync(connection => OutboxBatch.WriteEachAsync(connection, writes), _abort.Token);

            foreach (var (entry, result) in batch.Zip(results))
            {
                entry.Written.SetResult(result);

                if (entry.Write is OutboxWrite.Outcome { Value: { State: OutboxMailState.Queued } outcome } && outcome.ConfigurationId != outcome.Claim.Mail.ConfigurationId)
                {
                    _onMoved();
                }
            }

            return true;
        }
        catch (Exception e)
        {
            LogFailed(e);
            await CloseAsync();

            foreach (var entry in batch)
            {
                entry.LastError = e;
            }

            return false;
        }
    }

    /// <summary>Fails marks, and outcomes that the database doesn't take although it takes others. Their messages are in doubt when the lease expires.</summary>
    private void GiveUp(IEnumerable<Entry> entries, bool worksForOthers)
    {
        foreach (var entry in entries)
        {
            entry.Strikes += worksForOthers ? 1 : 0;

            if (!entry.Write.MustSucceed || entry.Strikes >= MaxStrikes || _abort.IsCancellationRequested)
            {
                entry.Written.SetException(entry.LastError!);

                // Not every caller awaits it. The failure has been logged, so it must not surface again as an unobserved exception.
                _ = entry.Written.Task.Exception;
            }
        }
    }

    [LoggerMessage(33, LogLevel.Error, "The outbox couldn't write to the database. Outcomes of messages are written again until it works.")]
    private partial void LogFailed(Exception exception);

    private sealed class Entry(OutboxWrite write)
    {
        public OutboxWrite Write { get; } = write;

        /// <summary>How often it failed although others were written.</summary>
        public int Strikes { get; set; }

        public Exception? LastError { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
