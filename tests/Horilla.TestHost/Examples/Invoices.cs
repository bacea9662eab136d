using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class Invoices(IOutgoingMailOutbox outbox)
{
    public Task<string> SendAsync(MimeMessage invoice, int number, CancellationToken cancellationToken)
    {
        // The same key again returns the ID of the same message, for example if a job runs twice.
        var options = new OutboxOptions { IdempotencyKey = $"invoice-{number}" };

        return outbox.EnqueueAsync(invoice, options, cancellationToken);
    }
}
