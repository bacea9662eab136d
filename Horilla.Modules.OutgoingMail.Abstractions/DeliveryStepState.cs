namespace Horilla.Modules.OutgoingMail;

/// <summary>How a step of a delivery went.</summary>
public enum DeliveryStepState
{
    /// <summary>The delivery ended before this step.</summary>
    NotReached,

    /// <summary>The step succeeded.</summary>
    Passed,

    /// <summary>The configuration doesn't need this step.</summary>
    Skipped,

    /// <summary>The delivery failed at this step.</summary>
    Failed,
}
