using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class Reminders(IOutgoingMailService mail)
{
    public async Task<List<string>> SendAsync(IAsyncEnumerable<MailboxAddress> debtors, CancellationToken cancellationToken)
    {
        var toTryAgain = new List<string>();

        await foreach (var (message, result) in mail.SendManyAsync(debtors.Select(Compose), cancellationToken: cancellationToken))
        {
            using (message)
            {
                if (result.Error is { CanRetry: true })
                {
                    toTryAgain.Add(message.To.ToString());
                }
            }
        }

        return toTryAgain;
    }

    private static MimeMessage Compose(MailboxAddress debtor)
    {
        var message = new MimeMessage { Subject = "A reminder", Body = new TextPart("plain") { Text = "It slipped your mind." } };
        message.To.Add(debtor);

        return message;
    }
}
