using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class SupportMail(IOutgoingMailService mail)
{
    public async Task<OutgoingMailResult> SendAsync(MailboxAddress customer, MailboxAddress agent, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = "Your question", Body = new TextPart("plain") { Text = "Here is the answer." } };
        message.To.Add(customer);

        var options = new OutgoingMailOptions
        {
            // The "Email Host Username" of the server to go through; ConfigurationId names one for good.
            Username = "support@acme.example",

            // Who causes the mail, where there is no request that tells: for servers with "Use dynamic display name".
            ActingUser = agent,
        };

        return await mail.SendAsync(message, options, cancellationToken);
    }
}
