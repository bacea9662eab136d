namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>A delivery that failed for a known reason.</summary>
public sealed class DeliveryException(OutgoingMailError error, Exception? innerException = null) : Exception(error.Message, innerException)
{
    /// <summary>What went wrong, and how to fix it.</summary>
    public OutgoingMailError Error { get; } = error;
}
