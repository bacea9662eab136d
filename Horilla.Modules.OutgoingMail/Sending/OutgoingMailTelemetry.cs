using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrchardCore.Environment.Shell;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// What monitoring sees of mails: a histogram of attempts and an activity for each, named by the conventions of
/// OpenTelemetry. Tags are the tenant, the type of the server, the outcome and the code of the error; no address, and
/// nothing of the message. One for each shell of a tenant; thread-safe.
/// </summary>
public sealed class OutgoingMailTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Horilla.OutgoingMail";

    /// <summary>The histogram of attempts, in seconds. Its count is the number of mails.</summary>
    public const string Duration = "horilla.outgoing_mail.duration";

    private readonly ActivitySource _activities = new(Name);
    private readonly Histogram<double> _durations;
    private readonly string _tenant;

    /// <summary>For one tenant.</summary>
    /// <param name="meters">Where the meter comes from, which is the host's.</param>
    /// <param name="settings">The tenant.</param>
    public OutgoingMailTelemetry(IMeterFactory meters, ShellSettings settings)
    {
        _tenant = settings.Name;
        _durations = meters.Create(Name).CreateHistogram<double>(Duration, "s", "How long attempts to send a mail take.");
    }

    /// <summary>Begins the activity of an attempt; null where nobody listens.</summary>
    public Activity? Begin(string serverType)
    {
        var activity = _activities.StartActivity("send mail", ActivityKind.Client);
        activity?.SetTag("horilla.tenant", _tenant);
        activity?.SetTag("horilla.mail_server.type", serverType);

        return activity;
    }

    /// <summary>Notes what came of an attempt.</summary>
    public void End(Activity? activity, string serverType, OutgoingMailResult result)
    {
        var tags = new TagList
        {
            { "horilla.tenant", _tenant },
            { "horilla.mail_server.type", serverType },
            { "horilla.mail.outcome", OutcomeOf(result) },
        };

        if (result.Error is { } error)
        {
            tags.Add("error.type", error.Code);
            activity?.SetTag("error.type", error.Code);
            activity?.SetStatus(ActivityStatusCode.Error, error.Code);
        }

        activity?.SetTag("horilla.mail.outcome", OutcomeOf(result));
        _durations.Record(result.Duration.TotalSeconds, tags);
    }

    /// <inheritdoc />
    public void Dispose() => _activities.Dispose();

    private static string OutcomeOf(OutgoingMailResult result) => result.Status switch
    {
        OutgoingMailStatus.Sent => "sent",
        OutgoingMailStatus.PartiallySent => "partially_sent",
        _ => "failed",
    };
}
