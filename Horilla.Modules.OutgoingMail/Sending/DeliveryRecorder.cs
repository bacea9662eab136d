namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Notes the steps of a delivery while it runs. Used by one attempt.</summary>
public sealed class DeliveryRecorder(TimeProvider time)
{
    private static readonly DeliveryStep[] Order =
    [
        DeliveryStep.LookUp, DeliveryStep.Connection, DeliveryStep.Tls, DeliveryStep.SignIn, DeliveryStep.Sender, DeliveryStep.Recipient, DeliveryStep.Content,
    ];

    private readonly Dictionary<DeliveryStep, DeliveryStepReport> _done = [];
    private readonly long _started = time.GetTimestamp();
    private long _stepStarted = time.GetTimestamp();

    /// <summary>The step that runs.</summary>
    public DeliveryStep Current { get; private set; } = DeliveryStep.Configuration;

    /// <summary>How long the attempt has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Begins a step. The one before has passed already, or is begun anew.</summary>
    public void Begin(DeliveryStep step)
    {
        Current = step;
        _stepStarted = time.GetTimestamp();
    }

    /// <summary>The step is done.</summary>
    public void Pass(DeliveryStep step, string? detail = null) => End(step, DeliveryStepState.Passed, detail);

    /// <summary>The configuration has no need of the step.</summary>
    public void Skip(DeliveryStep step, string? detail = null)
        => _done[step] = new DeliveryStepReport { Step = step, State = DeliveryStepState.Skipped, Detail = detail };

    /// <summary>All steps in their order; where one is named, it is the one that failed.</summary>
    public IReadOnlyList<DeliveryStepReport> Report(DeliveryStep? failed)
    {
        if (failed is { } step && Order.Contains(step))
        {
            End(step, DeliveryStepState.Failed, null);
        }

        return _done.Count == 0
            ? []
            : [.. Order.Select(name => _done.GetValueOrDefault(name) ?? new DeliveryStepReport { Step = name, State = DeliveryStepState.NotReached })];
    }

    private void End(DeliveryStep step, DeliveryStepState state, string? detail)
    {
        _done[step] = new DeliveryStepReport { Step = step, State = state, Detail = detail, Duration = time.GetElapsedTime(_stepStarted) };
        _stepStarted = time.GetTimestamp();
    }
}
