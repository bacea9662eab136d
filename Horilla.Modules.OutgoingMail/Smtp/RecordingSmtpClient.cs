using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>MailKit's client, which notes each step of a message, and verifies the server's certificate.</summary>
internal sealed class RecordingSmtpClient : SmtpClient
{
    private DeliveryRecorder? _delivery;
    private Func<MailboxAddress, SmtpResponse, RecipientRefusal>? _explain;
    private (MailboxAddress Mailbox, SmtpResponse Response)? _firstRefused;

    public RecordingSmtpClient(SmtpConversation conversation)
        : base(conversation)
    {
        ServerCertificateValidationCallback = Verify;

        // A server of revocation lists that is down would stop all mail. An expired, foreign or unknown certificate is refused.
        CheckCertificateRevocation = false;

        // The caller's token bounds the attempt as a whole.
        Timeout = System.Threading.Timeout.Infinite;
    }

    /// <summary>The certificate of the server, once it was shown.</summary>
    public ServerCertificate? Certificate { get; private set; }

    /// <summary>What follows is noted here.</summary>
    /// <param name="delivery">Where the steps of the next message are noted.</param>
    /// <param name="explain">Says why a recipient was refused.</param>
    public void BeginMessage(DeliveryRecorder delivery, Func<MailboxAddress, SmtpResponse, RecipientRefusal> explain)
    {
        _delivery = delivery;
        _explain = explain;
        _firstRefused = null;
    }

    /// <summary>The message is done with: an open connection keeps nothing of it.</summary>
    public void EndMessage()
    {
        _delivery = null;
        _explain = null;
        _firstRefused = null;
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _delivery!.Pass(DeliveryStep.Sender);
        _delivery.Begin(DeliveryStep.Recipient);
        base.OnSenderAccepted(message, mailbox, response);
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _delivery!.Pass(DeliveryStep.Recipient);
        _delivery.Begin(DeliveryStep.Content);
        base.OnRecipientAccepted(message, mailbox, response);
    }

    /// <summary>The others may be taken: what is refused is noted, and the message goes on.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _firstRefused ??= (mailbox, response);
        _delivery!.Refuse(_explain!(mailbox, response));
    }

    /// <summary>Then the message goes to nobody, for the reason that the first one was refused for.</summary>
    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
        if (_firstRefused is { Mailbox: var mailbox, Response: var response })
        {
            base.OnRecipientNotAccepted(message, mailbox, response);
        }

        base.OnNoRecipientsAccepted(message);
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
