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
            // The "Email Host Username" of the server to use. ConfigurationId identifies a server permanently.
            Username = "support@acme.example",

            // The user who triggers the message, if there is no request to take it from. For servers with "Use dynamic display name".
            ActingUser = agent,
        };

        return await mail.SendAsync(message, options, cancellationToken);
    }
}
