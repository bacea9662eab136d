namespace Horilla.Modules.OutgoingMail;

/// <summary>A recipient whom the server did not take, while it took the message for others (RFC 5321 section 3.3).</summary>
public sealed record RecipientRefusal
{
    /// <summary>The address, as the message has it.</summary>
    public required string Address { get; init; }

    /// <summary>Why, and what to do about it. Its step is <see cref="DeliveryStep.Recipient"/>.</summary>
    public required OutgoingMailError Error { get; init; }
}
