using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dapper;
using Horilla.Testing;
using Microsoft.Data.Sqlite;

namespace Horilla.Bench.List;

/// <summary>Compares the cost of a list page and of a search with many mail servers to the cost with ten.</summary>
internal static class ListBenchmark
{
    private const int BaselineCount = 10;
    private const int Requests = 300;

    private static readonly string[] Urls = ["/Admin/OutgoingMail", "/Admin/OutgoingMail?pagenum=2&pageSize=5", "/Admin/OutgoingMail?sort=type&desc=true", "/Admin/OutgoingMail?search=server-000007", "/Admin/OutgoingMail?search=no-such-server"];

    public static async Task RunAsync(int many)
    {
        var few = await MeasureAsync(BaselineCount);
        var all = await MeasureAsync(many);
        Console.WriteLine($"median of {Requests} requests, SQLite, {Environment.ProcessorCount} cores, .NET {Environment.Version}");

        foreach (var (url, index) in Urls.Select((url, index) => (url, index)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{url,-45} {few[index],6:F1} ms with {BaselineCount}, {all[index],6:F1} ms with {many}: {all[index] / few[index]:F2}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"list={all.Zip(few, (a, b) => a / b).Max():F2}"));
    }

    private static async Task<double[]> MeasureAsync(int servers)
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync("Horilla.Host", folder.CreateSubfolder("data"), settings: ("Logging__LogLevel__Default", "Warning"));
        using var admin = new WebBrowser(host.Address);
        await admin.GetAsync("/Admin");
        await admin.SignInAsync(HostProcess.Administrator, HostProcess.Password);
        await CreateAsync(admin);
        await CloneServerAsync(host.Database, servers);
        var medians = new List<double>();

        foreach (var url in Urls)
        {
            var times = new List<double>();

            for (var request = 0; request < Requests + 30; request++)
            {
                var clock = Stopwatch.GetTimestamp();
                var page = await admin.GetAsync(url);
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);

                if (page.Status != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{url} returned {page.Status}.");
                }
            }

            // The first requests include JIT compilation.
            medians.Add(times.Skip(30).Order().ElementAt(Requests / 2));
        }

        return [.. medians];
    }

    private static async Task CreateAsync(WebBrowser admin)
    {
        var saved = await (await admin.GetAsync("/Admin/OutgoingMail/Create/Mail")).SubmitAsync(new()
        {
            ["OutgoingMailConfiguration.Host"] = "smtp.example.com",
            ["OutgoingMailConfiguration.Username"] = "server-000000@example.com",
            ["OutgoingMailConfiguration.Password"] = "secret",
            ["OutgoingMailConfiguration.DefaultFrom"] = "info@example.com",
            ["OutgoingMailConfiguration.DisplayName"] = "Bench",
        });

        if (saved.Status != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The server was not created: {saved.Status}.");
        }
    }

    /// <summary>Copies the server. Each copy gets its own name and id.</summary>
    private static async Task CloneServerAsync(string database, int count)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var document = await connection.QuerySingleAsync<(long Id, string Type, string Content)>("SELECT Id, Type, Content FROM Document WHERE Type LIKE '%OutgoingMailConfiguration,%'", transaction: transaction);
        var table = await connection.ExecuteScalarAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%OutgoingMailConfigurationIndex'", transaction: transaction);
        var columns = (await connection.QueryAsync<string>($"SELECT name FROM pragma_table_info('{table}') WHERE name NOT IN ('Id', 'DocumentId', 'ConfigurationId', 'Title', 'Username', 'SearchText')", transaction: transaction)).ToArray();
        var configurationId = System.Text.Json.JsonDocument.Parse(document.Content).RootElement.GetProperty("ConfigurationId").GetString()!;
        var list = string.Join(", ", columns.Select(column => $"\"{column}\""));

        for (var number = 1; number < count; number++)
        {
            var id = 1_000_000L + number;
            var name = string.Create(CultureInfo.InvariantCulture, $"server-{number:000000}@example.com");
            var own = string.Create(CultureInfo.InvariantCulture, $"{number:00000000000000000000000000}");
            await connection.ExecuteAsync(
                "INSERT INTO Document (Id, Type, Content, Version) VALUES (@id, @Type, @content, 1)",
                new { id, document.Type, content = document.Content.Replace("server-000000@example.com", name, StringComparison.Ordinal).Replace(configurationId, own, StringComparison.Ordinal) },
                transaction);
            await connection.ExecuteAsync(
                $"INSERT INTO {table} (DocumentId, ConfigurationId, Title, Username, SearchText, {list}) SELECT @id, @own, @name, @name, replace(SearchText, 'server-000000@example.com', @name), {list} FROM {table} WHERE DocumentId = @first",
                new { id, own, name, first = document.Id },
                transaction);
        }

        await transaction.CommitAsync();
    }
}
