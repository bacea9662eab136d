using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Horilla.Modules.OutgoingMail.Outbox;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;
using OrchardCore;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>
/// Writes messages that are sent at once to the log, after they were sent and many at a time, so that sending doesn't wait for
/// it. If the database doesn't keep up, or the process is killed, entries are missing: the log isn't a promise. One
/// instance per tenant shell; thread-safe.
/// </summary>
public sealed partial class DirectLog : IAsyncDisposable
{
    private const int MaxBatch = 500;

    /// <summary>The maximum number of entries in memory.</summary>
    private const int MaxWaiting = 10_000;

    private const int MaxRecipients = 100;

    /// <summary>How long an entry waits for others, so that they are written together.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Channel<DirectLogEntry> _entries;
    private readonly OutboxDatabase _database;
    private readonly OutboxClock _clock;
    private readonly IShellHost _shellHost;
    private readonly ShellSettings _shellSettings;
    private readonly ILogger _logger;
    private readonly CancellationTokenRegistration _hostStopping;
    private readonly Task _writing;

    /// <summary>The number of entries that were dropped since the last batch, because the database didn't keep up.</summary>
    private int _dropped;

    /// <summary>Starts the writer.</summary>
    public DirectLog(OutboxDatabase database, OutboxClock clock, IShellHost shellHost, ShellSettings shellSettings, IHostApplicationLifetime lifetime, ILogger<DirectLog> logger)
    {
        _database = database;
        _clock = clock;
        _shellHost = shellHost;
        _shellSettings = shellSettings;
        _logger = logger;
        _entries = Channel.CreateBounded<DirectLogEntry>(
            new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
        _hostStopping = lifetime.ApplicationStopping.Register(() => StopAsync().GetAwaiter().GetResult());

        using (ExecutionContext.SuppressFlow())
        {
            _writing = Task.Run(WriteAllAsync);
        }
    }

    /// <summary>Adds a message that was sent at once.</summary>
    public void Add(MailKind kind, MimeMessage message, OutgoingMailResult result, string? category)
    {
        string[] recipients = [.. message.GetDistinctRecipients()];
        _entries.Writer.TryWrite(new DirectLogEntry(
            kind,
            message.MessageId ?? "",
            message.From.Mailboxes.FirstOrDefault()?.Address ?? "",
            recipients.Length <= MaxRecipients ? recipients : recipients[..MaxRecipients],
            recipients.Length,
            message.Subject ?? "",
            OutboxOptionsValidator.NormalizeCategory(category),
            result,
            _clock.NextUnique()));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _hostStopping.DisposeAsync();
    }

    private Task StopAsync()
    {
        _entries.Writer.TryComplete();

        return Task.WhenAny(_writing, Task.Delay(StopTimeout, _clock.Time));
    }

    private async Task WriteAllAsync()
    {
        while (await _entries.Reader.WaitToReadAsync())
        {
            if (_entries.Reader.Count < MaxBatch)
            {
                // Ends early when the log is stopped.
                await Task.WhenAny(_entries.Reader.Completion, Task.Delay(Delay, _clock.Time));
            }

            var batch = new List<DirectLogEntry>();

            while (batch.Count < MaxBatch && _entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
            {
                LogDropped(dropped);
            }

            try
            {
                await WriteAsync(batch);
            }
            catch (Exception e)
            {
                LogNotWritten(e, batch.Count);
            }
        }
    }

    private async Task WriteAsync(List<DirectLogEntry> batch)
    {
        var mode = DirectLogMode.All;
        var limits = new Dictionary<string, OutboxServerSettings>();

        if (!_shellHost.TryGetSettings(_shellSettings.Name, out var current) || !current.IsRunning())
        {
            return;
        }

        await (await _shellHost.GetScopeAsync(current)).UsingAsync(async scope =>
        {
            mode = (await scope.ServiceProvider.GetRequiredService<ISiteService>().GetSettingsAsync<OutboxSettings>()).DirectLogMode;
            limits = await GetLimitsAsync(scope.ServiceProvider.GetRequiredService<MailServerResolver>(), batch);
        });
        await TryAsync(() => CountAsync(batch, limits), batch.Count);
        batch.RemoveAll(entry => entry.Kind != MailKind.Test && (mode == DirectLogMode.None || (mode == DirectLogMode.Failures && entry.State == OutboxMailState.Sent)));

        if (batch.Count > 0)
        {
            await TryAsync(() => _database.RunAsync(connection => WriteAsync(connection, batch), CancellationToken.None), batch.Count);
        }
    }

    /// <summary>Does something in a transaction, and once more if it failed: another node may have inserted the same hour or limit.</summary>
    private async Task TryAsync(Func<Task> run, int count)
    {
        try
        {
            await run();
        }
        catch (DbException e)
        {
            LogNotWrittenYet(e, count);
            await run();
        }
    }

    /// <summary>Returns the limits of the servers that have any.</summary>
    private static async Task<Dictionary<string, OutboxServerSettings>> GetLimitsAsync(MailServerResolver servers, List<DirectLogEntry> batch)
    {
        var limits = new Dictionary<string, OutboxServerSettings>();

        foreach (var id in batch.Select(entry => entry.Result.ConfigurationId).OfType<string>().Distinct())
        {
            if ((await servers.FindAsync(id))?.GetOrCreate<OutboxServerSettings>() is { HasLimits: true } settings)
            {
                limits[id] = settings;
            }
        }

        return limits;
    }

    /// <summary>What is sent at once counts for the limits of the outbox too.</summary>
    private async Task CountAsync(List<DirectLogEntry> batch, Dictionary<string, OutboxServerSettings> limits)
    {
        foreach (var (id, settings) in limits)
        {
            DirectLogEntry[] sent = [.. batch.Where(entry => entry.Result.ConfigurationId == id && entry.State != OutboxMailState.Failed)];

            if (sent.Length > 0)
            {
                await _database.RunAsync(
                    async connection =>
                    {
                        await OutboxLimits.AddAsync(connection, id, settings, _clock.Now, sent.Length, sent.Sum(entry => entry.RecipientCount - entry.Result.RefusedRecipients.Count));

                        return true;
                    },
                    CancellationToken.None);
            }
        }
    }

    private static async Task<int> WriteAsync(OutboxConnection connection, List<DirectLogEntry> batch)
    {
        await OutboxStore.InsertAsync(connection, [.. batch.Select(entry => new OutboxNewMail(CreateRow(entry), [.. GetRecipients(entry)]) { FirstAttempt = entry.Result })]);
        await OutboxHours.AddAsync(connection, batch.Select(entry => (entry.Result.ConfigurationId ?? "", entry.EndedAt, entry.State != OutboxMailState.Failed)));

        return batch.Count;
    }

    private static OutboxMailRow CreateRow(DirectLogEntry entry) => new()
    {
        MailId = IdGenerator.GenerateId(),
        MessageId = LogText.Clean(entry.MessageId, 255),
        Kind = entry.Kind,
        State = entry.State,
        Priority = OutboxPriority.Normal,
        ConfigurationId = entry.Result.ConfigurationId ?? "",
        Category = entry.Category is null ? null : LogText.Clean(entry.Category, 100),
        Sender = LogText.Clean(entry.Sender, 320),
        Subject = LogText.Clean(entry.Subject, 255),
        CreatedAt = entry.EndedAt,
        FirstDueAt = entry.EndedAt,
        DueAt = entry.EndedAt,
        EndedAt = entry.EndedAt,
        Attempts = 1,
        OptionsJson = "{}",
        ErrorJson = entry.Result.Error is { } error ? JsonSerializer.Serialize(error) : null,
    };

    private static IEnumerable<OutboxRecipientRow> GetRecipients(DirectLogEntry entry)
        => entry.Recipients.Select(address =>
        {
            var refusal = entry.Result.RefusedRecipients.FirstOrDefault(refusal => refusal.Address == address);

            return new OutboxRecipientRow
            {
                Address = LogText.Clean(address, 320),
                State = entry.State == OutboxMailState.Failed || refusal is not null ? OutboxRecipientState.Rejected : OutboxRecipientState.Accepted,
                ErrorJson = refusal is null ? null : JsonSerializer.Serialize(refusal.Error),
            };
        });

    [LoggerMessage(42, LogLevel.Warning, "{Count} messages that were sent at once couldn't be written to the mail log.")]
    private partial void LogNotWritten(Exception exception, int count);

    [LoggerMessage(44, LogLevel.Information, "{Count} messages that were sent at once couldn't be written to the mail log at the first try.")]
    private partial void LogNotWrittenYet(Exception exception, int count);

    [LoggerMessage(43, LogLevel.Warning, "More messages were sent at once than the database could log: the mail log has no lines of {Count} of them.")]
    private partial void LogDropped(int count);
}
