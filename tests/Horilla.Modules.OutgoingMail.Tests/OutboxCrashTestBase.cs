using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Horilla.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Hosts with an outbox on one database and one data folder, and a server that counts what they send.</summary>
/// <param name="usesPostgreSql">Whether the database is PostgreSQL, or SQLite.</param>
/// <param name="output">Receives the figures.</param>
public abstract class OutboxCrashTestBase(bool usesPostgreSql, ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>The number of connections that a host may open to the server.</summary>
    protected const int Connections = 4;

    private const int Batch = 50;

    private readonly TemporaryFolder _folder = new();
    private readonly CountingSmtpServer _server = new();
    private readonly List<string> _ids = [];
    private PostgreSqlServer? _postgreSql;
    private string _connectionString = "";
    private string _configurationId = "";

    /// <summary>The number of messages that are known to be stored.</summary>
    protected int Stored
    {
        get
        {
            lock (_ids)
            {
                return _ids.Count;
            }
        }
    }

    /// <summary>The number of messages that the server has received.</summary>
    protected int Received => _server.Received;

    public async ValueTask InitializeAsync()
    {
        if (usesPostgreSql)
        {
            _postgreSql = await PostgreSqlServer.StartAsync();
            _connectionString = await _postgreSql.CreateDatabaseAsync();
        }
        else
        {
            _connectionString = $"Data Source={Path.Combine(_folder.PathOf("data"), "Sites", "Default", "OrchardCore.db")};Pooling=false";
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();

        if (_postgreSql is not null)
        {
            await _postgreSql.DisposeAsync();
        }

        _folder.Dispose();
    }

    protected async Task<HostProcess> StartAsync() => await HostProcess.StartAsync("tests/Horilla.TestHost", _folder.PathOf("data"), null, [
        ("Logging__LogLevel__Default", "Warning"),
        ("OrchardCore__Horilla_OutgoingMail_Outbox__LeaseSeconds", "5"),
        .. _postgreSql is null ? [] : new (string, string)[]
        {
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Postgres"),
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseConnectionString", _connectionString),
        },
    ]);

    protected async Task SetUpAsync(HostProcess host)
    {
        using var browser = new WebBrowser(host.Address);
        await browser.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        _configurationId = await MailServerPages.CreateAsync(browser, ("Port", MailServerPages.Invariant(_server.Port)), ("UseTls", "false"), ("NeedsNoSignIn", "true"), ("Password", ""), ("MaxConnections", MailServerPages.Invariant(Connections)));
    }

    /// <summary>Enqueues until a number of messages is known to be stored, or the host is gone.</summary>
    protected async Task EnqueueAsync(HostProcess host, int until)
    {
        using var browser = new WebBrowser(host.Address);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        while (Stored < until)
        {
            try
            {
                var answer = await browser.PostAsync("/Horilla.TestHost/Outbox/Many", new Dictionary<string, string>
                {
                    ["subject"] = "Crash",
                    ["configurationId"] = _configurationId,
                    ["count"] = Batch.ToString(CultureInfo.InvariantCulture),
                });

                if (answer.Status == HttpStatusCode.ServiceUnavailable && !limit.IsCancellationRequested)
                {
                    // The host is busy with starting or stopping, and says that it stored nothing.
                    await Task.Delay(50);
                    continue;
                }

                Assert.Equal(HttpStatusCode.OK, answer.Status);

                lock (_ids)
                {
                    _ids.AddRange(JsonNode.Parse(answer.Text)!.AsArray().Select(id => (string)id!));
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }

    protected async Task WaitForMessagesAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        while (_server.Received < count && !limit.IsCancellationRequested)
        {
            await Task.Delay(5);
        }
    }

    /// <summary>Stops PostgreSQL, and starts it again when the hosts have noticed.</summary>
    protected async Task RestartDatabaseAsync()
    {
        await _postgreSql!.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await _postgreSql.ResumeAsync();
    }

    protected async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));

        while (await ScalarAsync("SELECT COUNT(*) FROM \"OutgoingMailOutbox\" WHERE \"State\" IN (0, 1, 2)") is > 0 and var left)
        {
            Assert.False(limit.IsCancellationRequested, $"{left} messages aren't sent.");
            await Task.Delay(200);
        }
    }

    protected async Task AssertAsync(int maxInDoubt)
    {
        await using var connection = Connect();
        var stored = (await connection.QueryAsync<(string MailId, string MessageId, int State)>("SELECT \"MailId\", \"MessageId\", \"State\" FROM \"OutgoingMailOutbox\"")).ToDictionary(row => row.MailId);
        var received = _server.Count();

        output.WriteLine($"{stored.Count} stored, {received.Count} received, {stored.Values.Count(mail => mail.State == (int)OutboxMailState.InDoubt)} in doubt");

        Assert.All(_ids, id => Assert.True(stored.ContainsKey(id), $"{id} is lost"));
        Assert.All(stored.Values, mail => Assert.True(mail.State is (int)OutboxMailState.Sent or (int)OutboxMailState.InDoubt, $"{mail}"));
        Assert.DoesNotContain(received, message => message.Value > 1);
        Assert.DoesNotContain(stored.Values, mail => mail.State == (int)OutboxMailState.Sent && !received.ContainsKey(mail.MessageId));
        Assert.InRange(stored.Values.Count(mail => mail.State == (int)OutboxMailState.InDoubt), 0, maxInDoubt);
    }

    private async Task<int> ScalarAsync(string sql)
    {
        await using var connection = Connect();

        return await connection.ExecuteScalarAsync<int>(sql);
    }

    private DbConnection Connect() => _postgreSql is null ? new SqliteConnection(_connectionString) : new NpgsqlConnection(_connectionString);
}
