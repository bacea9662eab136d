using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class Campaign(IOutgoingMailOutbox outbox)
{
    public async Task<int> StartAsync(IAsyncEnumerable<MailboxAddress> readers, CancellationToken cancellationToken)
    {
        var options = new OutboxOptions { Priority = OutboxPriority.Bulk, Sending = new OutgoingMailOptions { Category = "campaign" } };
        var stored = 0;

        // Stored and committed in batches. Sending begins with the first one, and password resets overtake all of them.
        await foreach (var mailId in outbox.EnqueueManyAsync(readers.Select(Compose), options, cancellationToken))
        {
            stored++;
        }

        return stored;
    }

    private static MimeMessage Compose(MailboxAddress reader)
    {
        var message = new MimeMessage { Subject = "Our new shop", Body = new TextPart("plain") { Text = "It's open." } };
        message.To.Add(reader);

        return message;
    }
}
