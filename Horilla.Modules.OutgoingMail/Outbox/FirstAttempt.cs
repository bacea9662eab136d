using System.Text.Json;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The attempt to send a message at once, after which it goes into the outbox for all recipients or for some.</summary>
/// <param name="ConfigurationId">The ID of the configuration that it was sent through.</param>
/// <param name="Result">The result of the attempt.</param>
internal sealed record FirstAttempt(string ConfigurationId, OutgoingMailResult Result)
{
    /// <summary>Why the message is tried again; null if there is no reason to.</summary>
    public OutgoingMailError? Error
        => Result.Status == OutgoingMailStatus.Failed ? Result.Error : Result.RefusedRecipients.FirstOrDefault(refusal => refusal.Error.CanRetry)?.Error;

    /// <summary>Returns whether a recipient is tried again, and otherwise what became of it.</summary>
    public (OutboxRecipientState State, string? ErrorJson) GetState(string address)
    {
        if (Result.Status == OutgoingMailStatus.Failed)
        {
            return (OutboxRecipientState.Pending, null);
        }

        return Result.RefusedRecipients.FirstOrDefault(refusal => string.Equals(refusal.Address, address, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => (OutboxRecipientState.Accepted, null),
            { Error.CanRetry: true } => (OutboxRecipientState.Pending, null),
            var refusal => (OutboxRecipientState.Rejected, JsonSerializer.Serialize(refusal.Error)),
        };
    }
}
