using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// The last delivery of a configuration, and the status of its server. A separate document, so that sending never changes the
/// configuration.
/// </summary>
public sealed class LastDelivery
{
    /// <summary>The ID of the document.</summary>
    public long Id { get; set; }

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>When the last attempt ended, in UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The result of the last attempt.</summary>
    public OutgoingMailResult? Result { get; set; }

    /// <summary>When the server last accepted a message, in UTC; null if it hasn't since this is recorded.</summary>
    public DateTime? LastSentUtc { get; set; }

    /// <summary>Since when the server has been failing, in UTC; null if it isn't.</summary>
    public DateTime? FailingSinceUtc { get; set; }

    /// <summary>The last result that shows why the server is failing; null if it isn't.</summary>
    public OutgoingMailResult? ServerFailure { get; set; }

    /// <summary>The last attempt that failed, even if the server has worked since; null if none has.</summary>
    public OutgoingMailResult? LastFailure { get; set; }

    /// <summary>When <see cref="LastFailure"/> ended, in UTC.</summary>
    public DateTime? LastFailureUtc { get; set; }

    /// <summary>The TLS handshake of the last connection; null if there was none or the server is used without TLS.</summary>
    public DeliveryStepReport? Tls { get; set; }

    /// <summary>When a message was last sent over that connection, in UTC.</summary>
    public DateTime? TlsSeenUtc { get; set; }

    /// <summary>The status of the server.</summary>
    [JsonIgnore]
    public ServerStatus Status => this switch
    {
        { ServerFailure: not null } => ServerStatus.Failing,
        { LastSentUtc: not null } => ServerStatus.Working,

        // A message that never reached the server, for example because a module stopped it, says nothing about the server.
        _ => Result?.Steps.Any(step => step.State == DeliveryStepState.Passed) == true ? ServerStatus.Working : ServerStatus.NeverUsed,
    };

    /// <summary>Records an attempt. A success clears the server's failure; the failure of one message changes nothing about the server.</summary>
    /// <param name="result">The result.</param>
    /// <param name="atUtc">When the attempt ended, in UTC.</param>
    /// <param name="isServerError">Whether it failed because of the server.</param>
    public void Record(OutgoingMailResult result, DateTime atUtc, bool isServerError)
    {
        AtUtc = atUtc;
        Result = result;
        RecordTls(result, atUtc);

        if (result.Status == OutgoingMailStatus.Failed)
        {
            LastFailure = result;
            LastFailureUtc = atUtc;
        }

        if (result.Status is OutgoingMailStatus.Sent or OutgoingMailStatus.PartiallySent)
        {
            LastSentUtc = atUtc;
            FailingSinceUtc = null;
            ServerFailure = null;
        }
        else if (isServerError)
        {
            FailingSinceUtc ??= atUtc;
            ServerFailure = result;
        }
    }

    private void RecordTls(OutgoingMailResult result, DateTime atUtc)
    {
        var step = result.Steps.FirstOrDefault(report => report.Step == DeliveryStep.Tls);

        if (step is { State: DeliveryStepState.Passed })
        {
            Tls = step;
            TlsSeenUtc = atUtc;
        }
        else if (step is { State: DeliveryStepState.Skipped })
        {
            Tls = null;
            TlsSeenUtc = null;
        }
    }
}
