using Horilla.Modules.OutgoingMail;

namespace Horilla.TestHost.Examples;

public sealed class Cancellation(IOutgoingMailOutbox outbox)
{
    public async Task<string> CancelAsync(string mailId, CancellationToken cancellationToken)
        => await outbox.CancelAsync(mailId, cancellationToken) ? "It won't be sent." : "It's too late: it has been sent, or is being sent.";
}
