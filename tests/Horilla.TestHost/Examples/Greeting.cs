using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class Greeting(IOutgoingMailService mail)
{
    public async Task<string> SendAsync(string address, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = "Welcome", Body = new TextPart("plain") { Text = "Good to have you here." } };
        message.To.Add(MailboxAddress.Parse(address));

        var result = await mail.SendAsync(message, cancellationToken: cancellationToken);

        return result switch
        {
            { IsSent: true } => "Sent.",

            // Show Message and NextStep to people, and branch on Code. CanRetry: the same message may be accepted later.
            { Error: { } error } => $"{error.Message} {error.NextStep}",

            // Some recipients were rejected, each with its own error, or the server is set to fail silently.
            _ => $"{result.Status}: {string.Join(", ", result.RefusedRecipients.Select(refusal => refusal.Address))}",
        };
    }
}
