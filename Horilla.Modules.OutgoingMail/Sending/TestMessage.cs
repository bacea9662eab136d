using Microsoft.Extensions.Localization;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>The message that "Send test mail" sends: short, as text and HTML.</summary>
public static class TestMessage
{
    /// <summary>Composes the message without a sender, which the configuration sets.</summary>
    public static MimeMessage Compose(MailboxAddress recipient, string siteName, string serverTitle, IStringLocalizer S)
    {
        var text = S["This is a test email from {0}, sent through the outgoing mail server {1}. If you can read it, the server works.", siteName, serverTitle].Value;
        var message = new MimeMessage
        {
            Subject = S["Test email from {0}", siteName].Value,
            Body = new BodyBuilder
            {
                TextBody = text + "\n",
                HtmlBody = $"<!DOCTYPE html><html><body><p>{System.Net.WebUtility.HtmlEncode(text)}</p></body></html>",
            }.ToMessageBody(),
        };
        message.To.Add(recipient);

        return message;
    }
}
