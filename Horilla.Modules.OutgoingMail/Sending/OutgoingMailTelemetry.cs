using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Metrics and traces of sending: a histogram of attempts and an activity for each, named according to the OpenTelemetry
/// conventions. Tags are the tenant, the server type, the outcome and the error code, but no address and no message content.
/// One instance per tenant shell; thread-safe.
/// </summary>
public sealed class OutgoingMailTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Horilla.OutgoingMail";

    /// <summary>The name of the histogram of attempts, in seconds. Its count is the number of messages.</summary>
    public const string DurationMetricName = "horilla.outgoing_mail.duration";

    private readonly ActivitySource _activities = new(Name);
    private readonly Histogram<double> _durations;
    private readonly string _tenant;

    /// <summary>Creates the instruments of a tenant.</summary>
    /// <param name="meters">The host's meter factory.</param>
    /// <param name="settings">The tenant.</param>
    public OutgoingMailTelemetry(IMeterFactory meters, ShellSettings settings)
    {
        _tenant = settings.Name;
        _durations = meters.Create(Name).CreateHistogram<double>(DurationMetricName, "s", "Duration of attempts to send a message.");
    }

    /// <summary>Starts the activity of an attempt, or returns null if there is no listener.</summary>
    public Activity? StartActivity(string serverType)
    {
        var activity = _activities.StartActivity("send mail", ActivityKind.Client);
        activity?.SetTag("horilla.tenant", _tenant);
        activity?.SetTag("horilla.mail_server.type", serverType);

        return activity;
    }

    /// <summary>Records the result of an attempt.</summary>
    public void Record(Activity? activity, string serverType, OutgoingMailResult result)
    {
        var tags = new TagList
        {
            { "horilla.tenant", _tenant },
            { "horilla.mail_server.type", serverType },
            { "horilla.mail.outcome", GetOutcome(result) },
        };

        if (result.Error is { } error)
        {
            tags.Add("error.type", error.Code);
            activity?.SetTag("error.type", error.Code);
            activity?.SetStatus(ActivityStatusCode.Error, error.Code);
        }

        activity?.SetTag("horilla.mail.outcome", GetOutcome(result));
        _durations.Record(result.Duration.TotalSeconds, tags);
    }

    /// <inheritdoc />
    public void Dispose() => _activities.Dispose();

    private static string GetOutcome(OutgoingMailResult result) => result.Status switch
    {
        OutgoingMailStatus.Sent => "sent",
        OutgoingMailStatus.PartiallySent => "partially_sent",
        _ => "failed",
    };
}
