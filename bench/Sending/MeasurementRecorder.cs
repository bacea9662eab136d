using System.Diagnostics;

namespace Horilla.Bench.Sending;

/// <summary>Counts messages, CPU time and allocations of this process, from the end of the warm-up to the end of the measurement.</summary>
internal sealed class MeasurementRecorder : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<double> _latencies = [];
    private readonly TimeSpan _warmUp;
    private readonly TimeSpan _time;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Timer _start;
    private readonly Timer _stop;
    private (TimeSpan Cpu, long Bytes, long At) _first;
    private (TimeSpan Cpu, long Bytes, long At) _last;

    public MeasurementRecorder(TimeSpan warmUp, TimeSpan time)
    {
        _warmUp = warmUp;
        _time = time;
        GC.Collect();
        _start = new Timer(_ => _first = Read(), null, warmUp, Timeout.InfiniteTimeSpan);
        _stop = new Timer(_ => _last = Read(), null, warmUp + time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a message that completes now is counted.</summary>
    public bool Counts => _first.At != 0 && _last.At == 0;

    /// <summary>Whether the measurement is over.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_began) > _warmUp + _time && _last.At != 0;

    /// <summary>Adds the messages of a sender, each with its latency in milliseconds.</summary>
    public void Add(IEnumerable<double> latencies)
    {
        lock (_lock)
        {
            _latencies.AddRange(latencies);
        }
    }

    public Measurement Result()
    {
        if (_latencies.Count == 0)
        {
            throw new InvalidOperationException("No message was sent during the measurement.");
        }

        _latencies.Sort();

        return new Measurement(
            _latencies.Count / Stopwatch.GetElapsedTime(_first.At, _last.At).TotalSeconds,
            (_last.Cpu - _first.Cpu).TotalMilliseconds / _latencies.Count,
            (double)(_last.Bytes - _first.Bytes) / _latencies.Count,
            _latencies[(int)(_latencies.Count * 0.95)]);
    }

    public void Dispose()
    {
        _start.Dispose();
        _stop.Dispose();
    }

    private static (TimeSpan Cpu, long Bytes, long At) Read() => (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
}
