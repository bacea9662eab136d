using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Horilla.Testing;

/// <summary>A program that runs as long as the test, and its output.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    public ServerProcess(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} can't be started.");
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _lines);

    public int Id => _process.Id;

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();

            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The physical memory that it uses, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();

            return _process.WorkingSet64;
        }
    }

    /// <summary>Waits until it has written a text. Programs log asynchronously, often after they have responded.</summary>
    public Task WaitForOutputAsync(string text) => WaitAsync(() => Output.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until it has written a line the given number of times.</summary>
    public Task WaitForOutputAsync(string line, int times) => WaitAsync(() => Count(line) >= times, $"The line '{line}' ({times} times)");

    /// <summary>Returns how many times it has written a line so far.</summary>
    public int Count(string line) => _lines.Count(written => written == line);

    /// <summary>Waits until it has exited without being killed.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(limit.Token);

        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Sends a signal, such as TERM or STOP.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
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
                throw new TimeoutException($"{what} wasn't written. Output: {Output}");
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
