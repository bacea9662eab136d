namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Notes the steps of a delivery while it runs. Used by one attempt.</summary>
/// <param name="steps">The steps of a delivery that goes well, in their order.</param>
/// <param name="time">The clock.</param>
/// <param name="isTest">See <see cref="IsTest"/>.</param>
public sealed class DeliveryRecorder(IReadOnlyList<DeliveryStep> steps, TimeProvider time, bool isTest)
{
    private readonly Dictionary<DeliveryStep, DeliveryStepReport> _done = [];
    private readonly List<RecipientRefusal> _refused = [];
    private readonly long _started = time.GetTimestamp();
    private long _stepStarted = time.GetTimestamp();

    /// <summary>
    /// Whether it is sent to learn about the server, and somebody waits for that: it may then ask more of the server than a
    /// mail needs.
    /// </summary>
    public bool IsTest { get; } = isTest;

    /// <summary>Whether the server may have the content of the message, or a part of it: what breaks off then is in doubt.</summary>
    public bool ContentHasBegun { get; set; }

    /// <summary>The step that runs.</summary>
    public DeliveryStep Current { get; private set; } = DeliveryStep.Configuration;

    /// <summary>How long the attempt has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The steps that are done, so far.</summary>
    public IEnumerable<DeliveryStepReport> Done => _done.Values;

    /// <summary>The recipients whom the server did not take, so far.</summary>
    public IReadOnlyList<RecipientRefusal> Refused => _refused;

    /// <summary>The server does not take this recipient. If it takes others, the message goes to them.</summary>
    public void Refuse(RecipientRefusal refusal) => _refused.Add(refusal);

    /// <summary>A recipient is tried once more.</summary>
    public void Reconsider(string address) => _refused.RemoveAll(refusal => refusal.Address == address);

    /// <summary>Another try of the same attempt: what the one before got to is forgotten, but not its time.</summary>
    /// <param name="keepsRefused">Whether it is for the recipients alone who are left, so that those who were refused stay so.</param>
    public void BeginAnew(bool keepsRefused = false)
    {
        _done.Clear();

        if (!keepsRefused)
        {
            _refused.Clear();
        }

        ContentHasBegun = false;
        Begin(DeliveryStep.Configuration);
    }

    /// <summary>These steps were done before the attempt began.</summary>
    public void Resume(IEnumerable<DeliveryStepReport> steps)
    {
        foreach (var step in steps)
        {
            _done[step.Step] = step;
        }
    }

    /// <summary>Begins a step. The one before has passed already, or is begun anew.</summary>
    public void Begin(DeliveryStep step)
    {
        Current = step;
        _stepStarted = time.GetTimestamp();
    }

    /// <summary>The step is done.</summary>
    public void Pass(DeliveryStep step, string? detail = null, string? remark = null) => End(step, DeliveryStepState.Passed, detail, remark);

    /// <summary>The configuration has no need of the step.</summary>
    public void Skip(DeliveryStep step) => _done[step] = new DeliveryStepReport { Step = step, State = DeliveryStepState.Skipped };

    /// <summary>All steps in their order; where one is named, it is the one that failed.</summary>
    public IReadOnlyList<DeliveryStepReport> Report(DeliveryStep? failed)
    {
        if (failed is not (null or DeliveryStep.Configuration))
        {
            End(failed.Value, DeliveryStepState.Failed);
        }

        // A step that goes well unseen is seen when it fails; and a server may refuse at one step what it finds wrong with a
        // later one, such as the size of the message.
        return _done.Count == 0
            ? []
            : [.. steps.Union(_done.Keys).Order().Select(name => _done.GetValueOrDefault(name) ?? new DeliveryStepReport
            {
                Step = name,
                State = name < failed ? DeliveryStepState.Skipped : DeliveryStepState.NotReached,
            })];
    }

    private void End(DeliveryStep step, DeliveryStepState state, string? detail = null, string? remark = null)
    {
        _done[step] = new DeliveryStepReport { Step = step, State = state, Detail = detail, Remark = remark, Duration = time.GetElapsedTime(_stepStarted) };
        _stepStarted = time.GetTimestamp();
    }
}
