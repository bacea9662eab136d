using System.Text.Json;
using System.Threading.Channels;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;
using OrchardCore;
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
    private const int MaxBatch = 200;

    /// <summary>The maximum number of entries in memory.</summary>
    private const int MaxWaiting = 10_000;

    private const int MaxRecipients = 100;

    /// <summary>How long an entry waits for others, so that they are written together.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Channel<DirectLogEntry> _entries = Channel.CreateBounded<DirectLogEntry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly OutboxDatabase _database;
    private readonly OutboxClock _clock;
    private readonly IShellHost _shellHost;
    private readonly ShellSettings _shellSettings;
    private readonly ILogger _logger;
    private readonly CancellationTokenRegistration _hostStopping;
    private readonly Task _writing;

    /// <summary>Starts the writer.</summary>
    public DirectLog(OutboxDatabase database, OutboxClock clock, IShellHost shellHost, ShellSettings shellSettings, IHostApplicationLifetime lifetime, ILogger<DirectLog> logger)
    {
        _database = database;
        _clock = clock;
        _shellHost = shellHost;
        _shellSettings = shellSettings;
        _logger = logger;
        _hostStopping = lifetime.ApplicationStopping.Register(() => StopAsync().GetAwaiter().GetResult());

        using (ExecutionContext.SuppressFlow())
        {
            _writing = Task.Run(WriteAllAsync);
        }
    }

    /// <summary>Adds a message that was sent at once.</summary>
    public void Add(MailKind kind, MimeMessage message, OutgoingMailResult result, string? category)
        => _entries.Writer.TryWrite(new DirectLogEntry(
            kind,
            message.MessageId ?? "",
            message.From.Mailboxes.FirstOrDefault()?.Address ?? "",
            [.. message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).Select(mailbox => mailbox.Address).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxRecipients)],
            message.Subject ?? "",
            OutboxOptionsValidator.NormalizeCategory(category),
            result,
            _clock.NextUnique()));

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
            // Ends early when the log is stopped.
            await Task.WhenAny(_entries.Reader.Completion, Task.Delay(Delay, _clock.Time));
            var batch = new List<DirectLogEntry>();

            while (batch.Count < MaxBatch && _entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
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

        if (!_shellHost.TryGetSettings(_shellSettings.Name, out var current) || !current.IsRunning())
        {
            return;
        }

        await (await _shellHost.GetScopeAsync(current)).UsingAsync(async scope =>
            mode = (await scope.ServiceProvider.GetRequiredService<ISiteService>().GetSettingsAsync<OutboxSettings>()).DirectLogMode);
        batch.RemoveAll(entry => entry.Kind != MailKind.Test && (mode == DirectLogMode.None || (mode == DirectLogMode.Failures && entry.State == OutboxMailState.Sent)));

        if (batch.Count > 0)
        {
            await _database.RunAsync(connection => WriteAsync(connection, batch), CancellationToken.None);
        }
    }

    private static async Task<int> WriteAsync(OutboxConnection connection, List<DirectLogEntry> batch)
    {
        foreach (var entry in batch)
        {
            var row = CreateRow(entry);
            await OutboxStore.InsertAsync(connection, row, GetRecipients(entry), resendIfInDoubt: false);
            await OutboxResults.InsertAttemptAsync(connection, row.MailId, 1, entry.Result, entry.EndedAt);
        }

        await OutboxHours.AddAsync(connection, batch.Select(entry => (entry.Result.ConfigurationId ?? "", entry.EndedAt, entry.State != OutboxMailState.Failed)));

        return batch.Count;
    }

    private static OutboxMailRow CreateRow(DirectLogEntry entry) => new()
    {
        MailId = IdGenerator.GenerateId(),
        MessageId = Clean(entry.MessageId, 255),
        Kind = entry.Kind,
        State = entry.State,
        Priority = OutboxPriority.Normal,
        ConfigurationId = entry.Result.ConfigurationId ?? "",
        Category = entry.Category is null ? null : Clean(entry.Category, 100),
        Sender = Clean(entry.Sender, 320),
        Subject = Clean(entry.Subject, 255),
        CreatedAt = entry.EndedAt,
        FirstDueAt = entry.EndedAt,
        DueAt = entry.EndedAt,
        EndedAt = entry.EndedAt,
        Attempts = 1,
        OptionsJson = "{}",
        ErrorJson = entry.Result.Error is { } error ? JsonSerializer.Serialize(error) : null,
    };

    private static IEnumerable<(string Address, OutboxRecipientState State, string? ErrorJson)> GetRecipients(DirectLogEntry entry)
        => entry.Recipients.Select(address => entry switch
        {
            { State: OutboxMailState.Failed } => (Clean(address, 320), OutboxRecipientState.Rejected, (string?)null),
            _ when entry.Result.RefusedRecipients.FirstOrDefault(refusal => refusal.Address == address) is { } refusal => (Clean(address, 320), OutboxRecipientState.Rejected, JsonSerializer.Serialize(refusal.Error)),
            _ => (Clean(address, 320), OutboxRecipientState.Accepted, null),
        });

    private static string Clean(string text, int maxLength) => (ServerText.Clean(text) ?? "").Truncate(maxLength);

    [LoggerMessage(42, LogLevel.Warning, "{Count} messages that were sent at once couldn't be written to the mail log.")]
    private partial void LogNotWritten(Exception exception, int count);
}
