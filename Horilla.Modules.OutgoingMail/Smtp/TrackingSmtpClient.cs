using Horilla.Modules.OutgoingMail.ServerTypes;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A MailKit client that records each step of a message. TLS is handled outside the client.</summary>
internal sealed class TrackingSmtpClient : SmtpClient
{
    private readonly List<MailboxAddress> _deferred = [];
    private DeliveryTrace? _delivery;
    private Func<MailboxAddress, SmtpResponse, RecipientRefusal>? _explain;
    private (MailboxAddress Mailbox, SmtpResponse Response)? _firstRejected;
    private bool _hasAccepted;

    public TrackingSmtpClient(SmtpProtocolTracker tracker)
        : base(tracker)
    {
        // The caller's cancellation token limits the whole attempt.
        Timeout = System.Threading.Timeout.Infinite;
    }

    /// <summary>The recipients that need another transaction, because the server accepts no more in this one.</summary>
    public IReadOnlyList<MailboxAddress> Deferred => _deferred;

    /// <summary>Sends STARTTLS (RFC 3207). Afterwards the server waits for the TLS handshake.</summary>
    /// <exception cref="SmtpCommandException">The server rejected STARTTLS.</exception>
    public async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        var response = await SendCommandAsync("STARTTLS", cancellationToken);

        if (response.StatusCode != SmtpStatusCode.ServiceReady)
        {
            throw new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, response.StatusCode, response.Response);
        }
    }

    /// <summary>Starts recording a message.</summary>
    /// <param name="delivery">Records the steps of the message.</param>
    /// <param name="explain">Explains why a recipient was rejected.</param>
    public void BeginMessage(DeliveryTrace delivery, Func<MailboxAddress, SmtpResponse, RecipientRefusal> explain)
    {
        _delivery = delivery;
        _explain = explain;
        _firstRejected = null;
        _hasAccepted = false;
        _deferred.Clear();
    }

    /// <summary>Stops recording, so that an idle connection keeps no reference to the message.</summary>
    public void EndMessage()
    {
        _delivery = null;
        _explain = null;
        _firstRejected = null;
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _delivery!.Complete(DeliveryStep.Sender);
        _delivery.Begin(DeliveryStep.Recipient);
        base.OnSenderAccepted(message, mailbox, response);
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _hasAccepted = true;
        _delivery!.Complete(DeliveryStep.Recipient);
        _delivery.Begin(DeliveryStep.Data);
        base.OnRecipientAccepted(message, mailbox, response);
    }

    /// <summary>Records the rejection and continues, because other recipients may be accepted.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (_hasAccepted && SmtpReply.Parse(response).IsTooManyRecipients)
        {
            _deferred.Add(mailbox);

            return;
        }

        _firstRejected ??= (mailbox, response);
        _delivery!.AddRejected(_explain!(mailbox, response));
    }

    /// <summary>Fails with the reply that rejected the first recipient.</summary>
    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
        if (_firstRejected is { Mailbox: var mailbox, Response: var response })
        {
            base.OnRecipientNotAccepted(message, mailbox, response);
        }

        base.OnNoRecipientsAccepted(message);
    }
}
