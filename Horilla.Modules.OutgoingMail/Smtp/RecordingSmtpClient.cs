using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>MailKit's client, which notes each step of a message. The TLS of its connection is not its own.</summary>
internal sealed class RecordingSmtpClient : SmtpClient
{
    private readonly List<MailboxAddress> _deferred = [];
    private DeliveryRecorder? _delivery;
    private Func<MailboxAddress, SmtpResponse, RecipientRefusal>? _explain;
    private (MailboxAddress Mailbox, SmtpResponse Response)? _firstRefused;
    private bool _hasAccepted;

    public RecordingSmtpClient(SmtpConversation conversation)
        : base(conversation)
    {
        // The caller's token bounds the attempt as a whole.
        Timeout = System.Threading.Timeout.Infinite;
    }

    /// <summary>The recipients for whom the message has to be sent once more, because it had too many for the server.</summary>
    public IReadOnlyList<MailboxAddress> Deferred => _deferred;

    /// <summary>Asks the server to switch to TLS (RFC 3207). When this has ended, the server waits for the handshake.</summary>
    /// <exception cref="SmtpCommandException">It does not.</exception>
    public async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        var response = await SendCommandAsync("STARTTLS", cancellationToken);

        if (response.StatusCode != SmtpStatusCode.ServiceReady)
        {
            throw new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, response.StatusCode, response.Response);
        }
    }

    /// <summary>What follows is noted here.</summary>
    /// <param name="delivery">Where the steps of the next message are noted.</param>
    /// <param name="explain">Says why a recipient was refused.</param>
    public void BeginMessage(DeliveryRecorder delivery, Func<MailboxAddress, SmtpResponse, RecipientRefusal> explain)
    {
        _delivery = delivery;
        _explain = explain;
        _firstRefused = null;
        _hasAccepted = false;
        _deferred.Clear();
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
        _hasAccepted = true;
        _delivery!.Pass(DeliveryStep.Recipient);
        _delivery.Begin(DeliveryStep.Content);
        base.OnRecipientAccepted(message, mailbox, response);
    }

    /// <summary>The others may be taken: what is refused is noted, and the message goes on.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (_hasAccepted && SmtpReply.Parse(response).IsTooManyRecipients)
        {
            _deferred.Add(mailbox);

            return;
        }

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
}
