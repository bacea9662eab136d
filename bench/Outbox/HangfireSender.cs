using System.Diagnostics;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Storage.SQLite;
using Horilla.Bench.Sending;
using Horilla.Testing;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Horilla.Bench.Outbox;

/// <summary>What a .NET developer would build: a Hangfire job for each message, which sends it with MailKit. As many workers as the outbox has connections.</summary>
internal sealed class HangfireSender(JobStorage storage, TemporaryFolder? folder) : IAsyncDisposable
{
    private static int _sent;

    public static HangfireSender ForSqlite()
    {
        var folder = new TemporaryFolder();

        return new HangfireSender(new SQLiteStorage(folder.PathOf("hangfire.db"), new SQLiteStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) }), folder);
    }

    public static HangfireSender ForPostgreSql(string connectionString)
        => new(new PostgreSqlStorage(new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connectionString, new PostgreSqlStorageOptions()), new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) }), null);

    /// <summary>Returns the number of messages per second.</summary>
    public async Task<double> RunAsync(BenchmarkCase what, int count)
    {
        var client = new BackgroundJobClient(storage);
        using var message = what.Compose();
        using var source = new MemoryStream();
        await message.WriteToAsync(source);
        var content = Convert.ToBase64String(source.ToArray());

        for (var i = 0; i < count; i++)
        {
            client.Enqueue(() => Send(content, what.Port, what.IsSecure));
        }

        Volatile.Write(ref _sent, 0);
        var watch = Stopwatch.StartNew();
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = what.Senders, SchedulePollingInterval = TimeSpan.FromSeconds(1) }, storage);

        while (Volatile.Read(ref _sent) < count)
        {
            if (storage.GetMonitoringApi().FailedCount() > 0)
            {
                throw new InvalidOperationException("A job of Hangfire failed.");
            }

            await Task.Delay(50);
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    [AutomaticRetry(Attempts = 0)]
    public static async Task Send(string content, int port, bool isSecure)
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(Convert.FromBase64String(content)));
        using var client = new SmtpClient();

        // The certificate's revocation can't be checked: it's from the benchmark's own authority.
        client.CheckCertificateRevocation = false;
        await client.ConnectAsync("localhost", port, isSecure ? SecureSocketOptions.StartTls : SecureSocketOptions.None);

        if (isSecure)
        {
            await client.AuthenticateAsync(MailSink.UserName, MailSink.Password);
        }

        await client.SendAsync(message);
        await client.DisconnectAsync(true);
        Interlocked.Increment(ref _sent);
    }

    public ValueTask DisposeAsync()
    {
        (storage as IDisposable)?.Dispose();
        folder?.Dispose();

        return ValueTask.CompletedTask;
    }
}
