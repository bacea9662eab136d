using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Horilla.TestHost;

/// <summary>The metrics and traces of outgoing mail that monitoring would see.</summary>
public sealed class TelemetryRecorder : IDisposable
{
    private const string Source = "Horilla.OutgoingMail";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public TelemetryRecorder()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Source)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _lines.Enqueue($"{instrument.Name} {instrument.Unit} {(value > 0 ? "some" : "none")} {Show(tags.ToArray())}"));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => _lines.Enqueue($"{activity.DisplayName} {activity.Kind} {activity.Status} {Show(activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public IEnumerable<string> Lines => _lines;

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private static string Show(IEnumerable<KeyValuePair<string, object?>> tags)
        => string.Join(' ', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
