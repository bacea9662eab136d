using System.Collections.Frozen;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Records the steps of a delivery while it runs. Used by one attempt.</summary>
/// <param name="steps">The steps of a successful delivery, in order.</param>
/// <param name="time">The clock.</param>
/// <param name="isTest">See <see cref="IsTest"/>.</param>
public sealed class DeliveryTrace(IReadOnlyList<DeliveryStep> steps, TimeProvider time, bool isTest)
{
    private readonly Dictionary<DeliveryStep, DeliveryStepReport> _reports = [];
    private readonly List<RecipientRefusal> _rejectedRecipients = [];
    private readonly long _started = time.GetTimestamp();
    private long _stepStarted = time.GetTimestamp();

    /// <summary>
    /// Whether the message is a test whose result someone is waiting for. A test may do more than sending requires, such as
    /// probing for TLS.
    /// </summary>
    public bool IsTest { get; } = isTest;

    /// <summary>
    /// Whether the settings that are used haven't been saved. Whatever the transport would keep for the configuration, such as
    /// open connections, must then be given up when the attempt ends.
    /// </summary>
    public bool IsUnsaved { get; init; }

    /// <summary>Whether the server may have received some of the message's content. If the attempt fails then, its outcome is unknown.</summary>
    public bool ContentStarted { get; set; }

    /// <summary>Called by <see cref="BeginContentAsync"/>, or null if nobody has to know. It prevents the content from being sent with an exception.</summary>
    public Func<CancellationToken, Task>? ContentStarting { get; init; }

    /// <summary>The recipients that an earlier attempt is done with: accepted, or rejected for good. Empty in a first attempt.</summary>
    public IReadOnlySet<string> CompletedRecipients { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The current step.</summary>
    public DeliveryStep CurrentStep { get; private set; } = DeliveryStep.Configuration;

    /// <summary>How long the attempt has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The steps that are done so far.</summary>
    public IEnumerable<DeliveryStepReport> CompletedSteps => _reports.Values;

    /// <summary>The recipients that the server has rejected so far.</summary>
    public IReadOnlyList<RecipientRefusal> RejectedRecipients => _rejectedRecipients;

    /// <summary>
    /// Await this right before the first byte of the content is sent. If it throws, don't send the content: let the exception
    /// pass. It's safe to call it again, for a retry within the same attempt.
    /// </summary>
    /// <exception cref="OperationCanceledException">The content must not be sent, for example because another node is sending the message.</exception>
    public async Task BeginContentAsync(CancellationToken cancellationToken)
    {
        if (ContentStarting is { } starting)
        {
            await starting(cancellationToken);
        }

        ContentStarted = true;
    }

    /// <summary>Returns the recipients to send a message to: those of the message, without duplicates and without <see cref="CompletedRecipients"/>.</summary>
    public IReadOnlyList<MailboxAddress> GetRecipients(MimeMessage message)
        => [.. message.GetRecipients(onlyUnique: true).Where(mailbox => !CompletedRecipients.Contains(mailbox.Address))];

    /// <summary>Records that the server rejected a recipient. If it accepts others, the message is sent to them.</summary>
    public void AddRejected(RecipientRefusal refusal) => _rejectedRecipients.Add(refusal);

    /// <summary>Removes the rejection of a recipient that is tried again.</summary>
    public void ClearRejection(string address) => _rejectedRecipients.RemoveAll(refusal => refusal.Address == address);

    /// <summary>Starts a retry within the same attempt. Clears what the previous try recorded, except the elapsed time.</summary>
    /// <param name="keepRejected">Whether the retry is for the remaining recipients only, so that recorded rejections are kept.</param>
    public void Restart(bool keepRejected = false)
    {
        _reports.Clear();

        if (!keepRejected)
        {
            _rejectedRecipients.Clear();
        }

        ContentStarted = false;
        Begin(DeliveryStep.Configuration);
    }

    /// <summary>Records steps that were done before the attempt began.</summary>
    public void AddCompletedSteps(IEnumerable<DeliveryStepReport> steps)
    {
        foreach (var step in steps)
        {
            _reports[step.Step] = step;
        }
    }

    /// <summary>Begins a step. The previous one has passed or is begun again.</summary>
    public void Begin(DeliveryStep step)
    {
        CurrentStep = step;
        _stepStarted = time.GetTimestamp();
    }

    /// <summary>Records that a step succeeded.</summary>
    public void Complete(DeliveryStep step, string? detail = null, string? remark = null) => End(step, DeliveryStepState.Passed, detail, remark);

    /// <summary>Records that the TLS handshake succeeded.</summary>
    /// <param name="version">The version, such as "TLS 1.3".</param>
    /// <param name="remark">A description of the server's certificate, or null.</param>
    /// <param name="certificateExpiresUtc">When that certificate expires, in UTC, or null if it isn't known.</param>
    public void CompleteTls(string version, string? remark, DateTime? certificateExpiresUtc)
    {
        Complete(DeliveryStep.Tls, version, remark);
        _reports[DeliveryStep.Tls] = _reports[DeliveryStep.Tls] with { CertificateExpiresUtc = certificateExpiresUtc };
    }

    /// <summary>Records that the configuration doesn't need a step.</summary>
    public void Skip(DeliveryStep step) => _reports[step] = new DeliveryStepReport { Step = step, State = DeliveryStepState.Skipped };

    /// <summary>Returns all steps in order.</summary>
    /// <param name="failed">The step that failed, or null if none did.</param>
    public IReadOnlyList<DeliveryStepReport> GetReports(DeliveryStep? failed)
    {
        if (failed is not (null or DeliveryStep.Configuration))
        {
            End(failed.Value, DeliveryStepState.Failed);
        }

        // Some steps are only reported when they fail. A server may also reject at an earlier step what concerns a later one,
        // such as the size of the message.
        return _reports.Count == 0
            ? []
            : [.. steps.Union(_reports.Keys).Order().Select(name => _reports.GetValueOrDefault(name) ?? new DeliveryStepReport
            {
                Step = name,
                State = name < failed ? DeliveryStepState.Skipped : DeliveryStepState.NotReached,
            })];
    }

    private void End(DeliveryStep step, DeliveryStepState state, string? detail = null, string? remark = null)
    {
        _reports[step] = new DeliveryStepReport { Step = step, State = state, Detail = detail, Remark = remark, Duration = time.GetElapsedTime(_stepStarted) };
        _stepStarted = time.GetTimestamp();
    }
}
