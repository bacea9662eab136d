using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Horilla.Testing;

/// <summary>A program that runs as long as the test, and what it writes.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    public ServerProcess(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _lines);

    public int Id => _process.Id;

    /// <summary>The memory that it occupies, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();

            return _process.WorkingSet64;
        }
    }

    /// <summary>Waits until it has written a text: programs write their logs on the side, and answer before.</summary>
    public Task WritesAsync(string text) => WaitAsync(() => Output.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until it has written a line so often.</summary>
    public Task WritesAsync(string line, int times) => WaitAsync(() => Count(line) >= times, $"{times} times the line '{line}'");

    /// <summary>How often it has written a line so far.</summary>
    public int Count(string line) => _lines.Count(written => written == line);

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(limit.Token);

        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(Func<bool> isWritten, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (!isWritten())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{what} was not written, but this: {Output}");
            }

            await Task.Delay(20);
        }
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
