namespace Horilla.Modules.OutgoingMail;

/// <summary>A recipient that the server rejected while it accepted the message for others (RFC 5321 section 3.3).</summary>
public sealed record RecipientRefusal
{
    /// <summary>The address, as it appears in the message.</summary>
    public required string Address { get; init; }

    /// <summary>Why the recipient was rejected, and how to fix it. The step is <see cref="DeliveryStep.Recipient"/>.</summary>
    public required OutgoingMailError Error { get; init; }
}
