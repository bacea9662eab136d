using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>MailKit's client, which notes each step, and verifies the server's certificate.</summary>
internal sealed class RecordingSmtpClient : SmtpClient
{
    private readonly DeliveryRecorder _delivery;

    public RecordingSmtpClient(SmtpConversation conversation, DeliveryRecorder delivery)
        : base(conversation)
    {
        _delivery = delivery;
        ServerCertificateValidationCallback = Verify;

        // A server of revocation lists that is down would stop all mail. An expired, foreign or unknown certificate is refused.
        CheckCertificateRevocation = false;

        // The caller's token bounds the attempt as a whole.
        Timeout = System.Threading.Timeout.Infinite;
    }

    /// <summary>The certificate of the server, once it was shown.</summary>
    public ServerCertificate? Certificate { get; private set; }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _delivery.Pass(DeliveryStep.Sender);
        _delivery.Begin(DeliveryStep.Recipient);
        base.OnSenderAccepted(message, mailbox, response);
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _delivery.Pass(DeliveryStep.Recipient);
        _delivery.Begin(DeliveryStep.Content);
        base.OnRecipientAccepted(message, mailbox, response);
    }

    private bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is X509Certificate2 shown)
        {
            Certificate = ServerCertificate.Read(shown, chain, errors);
        }

        return errors == SslPolicyErrors.None;
    }
}
