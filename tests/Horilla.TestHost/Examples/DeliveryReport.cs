using Horilla.Modules.OutgoingMail;

namespace Horilla.TestHost.Examples;

public sealed class DeliveryReport(IOutgoingMailOutbox outbox)
{
    public async Task<string> DescribeAsync(string mailId, CancellationToken cancellationToken)
        => await outbox.FindAsync(mailId, cancellationToken) switch
        {
            null => "It was never sent, or it's too old to be in the log.",
            { State: OutboxMailState.Sent } => "A server accepted it.",
            { State: OutboxMailState.PartiallySent } mail => $"Rejected: {string.Join(", ", mail.RefusedRecipients.Select(refusal => refusal.Address))}",
            { State: OutboxMailState.InDoubt } => "It may have been sent. Ask the recipient.",
            { NextAttemptUtc: { } next, Error: { } error } => $"{error.Message} The next attempt is at {next:u}.",
            { Error: { } error } => $"{error.Message} {error.NextStep}",
            var mail => $"{mail.State}",
        };
}
