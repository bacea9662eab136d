using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dapper;
using Horilla.Testing;
using Npgsql;

namespace Horilla.Bench.Log;

/// <summary>Compares the cost of pages of the mail log with many messages to the cost with few, on both databases.</summary>
internal static class LogBenchmark
{
    private const int BaselineCount = 1_000;
    private const int WarmUp = 50;
    private const int Requests = 100;

    /// <summary>What an administrator opens. The messages are numbered, and the last of them exist in both cases.</summary>
    private static readonly (string Name, string Query)[] Pages =
    [
        ("all", ""),
        ("state=sent", "?state=sent"),
        ("state=failed", "?state=failed"),
        ("state=indoubt", "?state=indoubt"),
        ("server", "?server=00000000000000000000000002"),
        ("category", "?category=category-1"),
        ("period=day", "?period=day"),
        ("period=month", "?period=month"),
        ("oldest first", "?sort=oldest"),
        ("an address", "?search=reader-000000@example.com"),
        ("a rare beginning", "?search=reader-00000"),
        ("a common beginning", "?search=reader"),
        ("a Message-ID", "?search=message-000000@example.com"),
        ("an address, failed", "?search=reader-000000@example.com&state=failed"),
    ];

    public static async Task RunAsync(int many)
    {
        await using var postgreSql = await PostgreSqlServer.StartAsync();
        var worst = 0d;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {Requests} requests, {Environment.ProcessorCount} cores, .NET {Environment.Version}"));

        foreach (var connectionString in (string?[])[null, await postgreSql.CreateDatabaseAsync()])
        {
            using var folder = new TemporaryFolder();
            await using var host = await StartAsync(folder, connectionString);
            using var admin = new WebBrowser(host.Address);
            await admin.GetAsync("/Admin");
            await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
            await FillAsync(host, connectionString, 0, BaselineCount, TimeSpan.FromDays(10));

            // The first round is slower: code is compiled.
            await MeasureAsync(admin);
            var few = await MeasureAsync(admin);
            await FillAsync(host, connectionString, BaselineCount, many, TimeSpan.FromDays(90));
            var all = await MeasureAsync(admin);
            Console.WriteLine(connectionString is null ? "SQLite" : "PostgreSQL");

            foreach (var (number, (name, _)) in Pages.Index())
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {few[number],6:F1} ms with {BaselineCount}, {all[number],6:F1} ms with {many}: {all[number] / few[number]:F2}"));
                worst = Math.Max(worst, all[number] / few[number]);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"log={worst:F2}"));
    }

    private static Task<HostProcess> StartAsync(TemporaryFolder folder, string? connectionString) => HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"), null, [
        ("Logging__LogLevel__Default", "Warning"),
        .. connectionString is null ? [] : new (string, string)[]
        {
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseProvider", "Postgres"),
            ("OrchardCore__OrchardCore_AutoSetup__Tenants__0__DatabaseConnectionString", connectionString),
        },
    ]);

    private static async Task<double[]> MeasureAsync(WebBrowser admin)
    {
        var medians = new List<double>();

        foreach (var (name, query) in Pages)
        {
            var times = new List<double>();

            for (var request = 0; request < WarmUp + Requests; request++)
            {
                var clock = Stopwatch.GetTimestamp();
                var page = await admin.GetAsync("/Admin/OutgoingMail/Log" + query);
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);

                if (page.Status != HttpStatusCode.OK || page.TextsOf("tbody[role] tr").Count == 0)
                {
                    throw new InvalidOperationException($"The page '{name}' shows nothing: {page.Status}.");
                }
            }

            medians.Add(times.Skip(WarmUp).Order().ElementAt(Requests / 2));
        }

        return [.. medians];
    }

    /// <summary>Inserts messages: one in ten failed, some are in doubt, through four servers, in five categories. Each filter finds a full page of the few as of the many.</summary>
    private static async Task FillAsync(HostProcess host, string? connectionString, int from, int to, TimeSpan period)
    {
        await using System.Data.Common.DbConnection connection = connectionString is null ? new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={host.Database}") : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var isSqlite = connectionString is null;
        var numbers = isSqlite
            ? "WITH RECURSIVE numbers(n) AS (SELECT @from UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @to)"
            : "WITH numbers AS (SELECT n FROM generate_series(@from, @to - 1) AS n)";
        var padded = isSqlite ? "printf('%026d', n)" : "lpad(n::text, 26, '0')";
        var six = isSqlite ? "printf('%06d', n)" : "lpad(n::text, 6, '0')";
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        var values = new { from = (long)from, to = (long)to, now, step = period.Ticks / to };
        const string time = "@now - n * @step";
        const string state = "CASE WHEN n % 10 = 0 THEN 5 WHEN n % 16 = 7 AND n < 2000 THEN 6 ELSE 3 END";
        await connection.ExecuteAsync(
            $"""
            {Insert("OutgoingMailOutbox", "MailId", "MessageId", "Kind", "State", "Priority", "ConfigurationId", "Category", "Sender", "Subject", "CreatedAt", "FirstDueAt", "DueAt", "EndedAt", "Attempts", "LeaseUntil", "ClaimNumber", "ContentStarted", "ResendIfInDoubt", "Size", "HasContent", "OptionsJson")}
            {numbers} SELECT {padded}, 'message-' || {six} || '@example.com', 0, {state}, 1, '0000000000000000000000000' || (n % 4), 'category-' || (n % 5), 'info@example.com', 'Invoice ' || n, {time}, {time}, {time}, {time}, 1, 0, 1, 0, 0, 2000, 0, '{"{}"}' FROM numbers
            """,
            values,
            commandTimeout: 600);
        var hexadecimal = isSqlite ? $"lower(hex('reader-' || {six} || '@example.com'))" : $"encode(convert_to('reader-' || {six} || '@example.com', 'UTF8'), 'hex')";
        await connection.ExecuteAsync(
            $"""
            {Insert("OutgoingMailOutboxRecipient", "MailId", "Number", "Address", "AddressKey", "CreatedAt", "State")}
            {numbers} SELECT {padded}, 0, 'reader-' || {six} || '@example.com', {hexadecimal}, {time}, 1 FROM numbers
            """,
            values,
            commandTimeout: 600);

        if (!isSqlite)
        {
            // What its autovacuum does a little later.
            await connection.ExecuteAsync("VACUUM ANALYZE", commandTimeout: 600);
        }
    }

    private static string Insert(string table, params string[] columns) => $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})";
}
