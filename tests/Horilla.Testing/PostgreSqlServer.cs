using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Horilla.Testing;

/// <summary>PostgreSQL on loopback, with its own data directory and password authentication.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string Password = "Elephant-1";

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private ServerProcess? _process;
    private int _databases;
    private string[] _settings = [];

    /// <summary>Everything that it has logged since it was last started.</summary>
    public string Log => _process?.Output ?? "";

    private string Data => _folder.PathOf("data");

    /// <summary>Starts a server with an empty data directory.</summary>
    /// <param name="settings">Additional server settings, as name=value.</param>
    public static async Task<PostgreSqlServer> StartAsync(params string[] settings)
    {
        var server = new PostgreSqlServer { _settings = settings };
        var password = server._folder.PathOf("password");
        await File.WriteAllTextAsync(password, Password);
        await server.RunAsync("initdb", "-D", server.Data, "-U", Superuser, "--auth=scram-sha-256", $"--pwfile={password}", "--encoding=UTF8", "--locale=C.UTF-8");
        await server.ResumeAsync();

        return server;
    }

    /// <summary>Creates a database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "db" + (++_databases).ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");

        return ConnectionString(name);
    }

    public string ConnectionString(string database)
        => $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Database={database};Username={Superuser};Password={Password};Include Error Detail=true";

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns the first column of a query's result as text.</summary>
    public static async Task<IReadOnlyList<string>> QueryAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();

        while (await reader.ReadAsync())
        {
            found.Add(reader.GetValue(0).ToString() ?? "");
        }

        return found;
    }

    /// <summary>Starts the server, also after it was stopped: on the same port and with the same data.</summary>
    public async Task ResumeAsync()
    {
        var (program, arguments) = Command("postgres", ["-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=300", .. _settings.SelectMany(setting => (string[])["-c", setting])]);
        _process = new ServerProcess(program, arguments);
        await _process.WaitForOutputAsync("database system is ready to accept connections");
    }

    public async Task StopAsync()
    {
        if (_process is not null)
        {
            // A fast shutdown closes connections and keeps everything that was committed.
            await RunAsync("pg_ctl", "stop", "-D", Data, "-m", "fast", "-w");
            await _process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    /// <summary>PostgreSQL refuses to run as root, so it runs as the user that its package created.</summary>
    private static (string Program, string[] Arguments) Command(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs(), program);

        return Environment.UserName == "root" ? ("runuser", ["-u", Superuser, "--", path, .. arguments]) : (path, arguments);
    }

    /// <summary>Returns the program folder of the newest installed version, which Debian doesn't add to the path.</summary>
    private static string Programs()
        => Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).Select(folder => Path.Combine(folder, "bin")).First()
            : throw new InvalidOperationException("PostgreSQL is not installed. test.sh installs it.");

    private async Task RunAsync(string program, params string[] arguments)
    {
        var (file, all) = Command(program, arguments);
        var start = new ProcessStartInfo(file, all) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} can't be started.");
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {string.Concat(output)}");
        }
    }
}
