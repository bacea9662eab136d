namespace Horilla.Modules.OutgoingMail;

/// <summary>How a step of a delivery went.</summary>
public enum DeliveryStepState
{
    /// <summary>The delivery ended before it.</summary>
    NotReached,

    /// <summary>It was done.</summary>
    Passed,

    /// <summary>The configuration has no need of it.</summary>
    Skipped,

    /// <summary>The delivery ended with it.</summary>
    Failed,
}
