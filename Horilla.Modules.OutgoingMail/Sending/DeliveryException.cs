namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>A delivery that failed for a reason that can be told.</summary>
public sealed class DeliveryException(OutgoingMailError error, Exception? cause = null) : Exception(error.Message, cause)
{
    /// <summary>What went wrong, and what to do.</summary>
    public OutgoingMailError Error { get; } = error;
}
