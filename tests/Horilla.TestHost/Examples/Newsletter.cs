using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class Newsletter(IOutgoingMailService mail)
{
    public async Task<OutgoingMailResult> SendAsync(MailboxAddress reader, string logoFile, CancellationToken cancellationToken)
    {
        var body = new BodyBuilder { TextBody = "Our news: it rains less.", HtmlBody = "" };
        var logo = await body.LinkedResources.AddAsync(logoFile, cancellationToken);
        logo.ContentId = "logo";
        body.HtmlBody = "<p><img src=\"cid:logo\" alt=\"\"> Our news: it <em>rains less</em>.</p>";

        using var message = new MimeMessage { Subject = "News", Body = body.ToMessageBody() };
        message.To.Add(reader);

        return await mail.SendAsync(message, cancellationToken: cancellationToken);
    }
}
