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

            // Message and NextStep are for people, Code is for code; CanRetry: the same mail may well be taken later.
            { Error: { } error } => $"{error.Message} {error.NextStep}",

            // Some recipients were refused, each with its reason; or the server is set to fail silently.
            _ => $"{result.Status}: {string.Join(", ", result.RefusedRecipients.Select(refusal => refusal.Address))}",
        };
    }
}
