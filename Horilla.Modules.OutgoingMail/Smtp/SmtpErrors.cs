using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Localization;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Explains what failed and how to fix it, from the types and codes of errors.</summary>
public sealed class SmtpErrors(SmtpTlsErrors tls, SmtpSignInErrors signIn, SmtpReplyErrors replies, MessageErrors messages, IStringLocalizer<SmtpErrors> stringLocalizer)
{
    /// <summary>The error code of a connection that was lost.</summary>
    internal const string ConnectionLost = "connection-lost";

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>The errors of the step <see cref="DeliveryStep.Tls"/>.</summary>
    internal SmtpTlsErrors Tls { get; } = tls;

    /// <summary>The errors of the step <see cref="DeliveryStep.SignIn"/>.</summary>
    internal SmtpSignInErrors SignIn { get; } = signIn;

    internal OutgoingMailError LookUp(SocketException e, SmtpServerSettings settings)
    {
        var isUnknown = e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;

        return new OutgoingMailError
        {
            Step = DeliveryStep.DnsLookup,
            Code = isUnknown ? "host-unknown" : "look-up-failed",
            Message = isUnknown ? S["The host '{0}' doesn't exist.", settings.Host] : S["The host '{0}' couldn't be looked up.", settings.Host],
            NextStep = isUnknown
                ? S["Check the spelling of Host. Your provider's help lists the name, which often starts with smtp."]
                : S["The DNS server of this machine doesn't respond. Try again. If the problem persists, contact an operator."],
            Field = isUnknown ? nameof(SmtpServerViewModel.Host) : null,
            CanRetry = !isUnknown,
        };
    }

    internal OutgoingMailError Connection(SocketException e, SmtpServerSettings settings) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new()
        {
            Step = DeliveryStep.Connection,
            Code = "connection-refused",
            Message = S["{0} refused the connection on port {1}.", settings.Host, settings.Port],
            NextStep = S["No mail server is listening on this port. Check Port: usually 587 with Use TLS, or 465 with Use SSL."],
            Field = nameof(SmtpServerViewModel.Port),
            CanRetry = true,
        },
        _ => new()
        {
            Step = DeliveryStep.Connection,
            Code = "unreachable",
            Message = S["{0} couldn't be reached on port {1} ({2}).", settings.Host, settings.Port, e.SocketErrorCode],
            NextStep = S["Check Host and Port. If they are correct, a firewall may be blocking the connection: many networks allow outgoing email only on port 587. Ask an operator."],
            Field = nameof(SmtpServerViewModel.Port),
            CanRetry = true,
        },
    };

    internal OutgoingMailError SmtpUtf8NotSupported(SmtpServerSettings settings, (MailboxAddress Mailbox, DeliveryStep Step) address) => new()
    {
        Step = address.Step,
        Code = "address-international",
        Message = S["{0} can't handle the address {1}, which has non-ASCII characters before the @. Nothing was sent.", settings.Host, address.Mailbox.Address],
        NextStep = S["Use an address with only ASCII characters, or a server that supports SMTPUTF8."],
        Field = address.Step == DeliveryStep.Sender ? "DefaultFrom" : null,
    };

    internal OutgoingMailError NotSmtp(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "not-smtp",
        Message = S["The server at {0} on port {1} isn't an SMTP server.", settings.Host, settings.Port],
        NextStep = S["Check Host and Port. SMTP servers usually use port 587 (Use TLS) or 465 (Use SSL). Ports 993 and 995 are for reading email."],
        Field = nameof(SmtpServerViewModel.Port),
    };

    internal OutgoingMailError NetworkNotAllowed(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "network-not-allowed",
        Message = S["{0} is in a network that this site isn't allowed to connect to. No connection was made.", settings.Host],
        NextStep = S["Enter a mail server outside the operator's own network, or ask an operator to allow this network."],
        Field = nameof(SmtpServerViewModel.Host),
    };

    internal OutgoingMailError NetworkSettingsInvalid(string configurationError) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "network-settings-invalid",
        Message = S["The operator's list of allowed networks can't be read, so no connection is made: {0}", configurationError],
        NextStep = S["Ask an operator to correct the setting and restart the site."],
    };

    internal OutgoingMailError Timeout(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryTrace delivery)
        => delivery.CurrentStep == DeliveryStep.Configuration ? AllConnectionsBusy(configuration, settings) : Timeout(configuration, settings, delivery.CurrentStep, delivery.IsTest, delivery.ContentStarted);

    private OutgoingMailError AllConnectionsBusy(OutgoingMailConfiguration configuration, SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "connections-busy",
        Message = S["All connections to {0} were busy with other messages for {1} seconds.", settings.Host, configuration.TimeoutSeconds],
        NextStep = S["Send the message again later, or send fewer messages at once. If the server accepts more connections, increase Maximum connections. If it is slow, increase Email Send Timeout."],
        Field = nameof(SmtpServerViewModel.MaxConnections),
        CanRetry = true,
    };

    private OutgoingMailError Timeout(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryStep step, bool isTest, bool contentStarted) => new()
    {
        Step = step,
        Code = "timeout",
        Message = step switch
        {
            DeliveryStep.DnsLookup => S["The host {0} couldn't be looked up within {1} seconds.", settings.Host, configuration.TimeoutSeconds],
            DeliveryStep.Connection => S["{0} didn't respond on port {1} within {2} seconds.", settings.Host, settings.Port, configuration.TimeoutSeconds],
            _ => S["{0} didn't respond in time. The attempt ended after {1} seconds.", settings.Host, configuration.TimeoutSeconds],
        },
        NextStep = step is DeliveryStep.DnsLookup or DeliveryStep.Connection
            ? isTest
                ? S["Check Host and Port. A firewall may be blocking this port. If the server is slow, increase Email Send Timeout."]
                : S["Check Host and Port. A firewall may be blocking this port, or the port may expect TLS from the start: send a test message to find out. If the server is slow, increase Email Send Timeout."]
            : contentStarted
                ? S["The server may or may not have accepted the message. Check with the recipient or your provider before you send it again. If the server is slow, increase Email Send Timeout."]
                : S["Try again. If the server is slow, increase Email Send Timeout."],
        Field = step is DeliveryStep.DnsLookup or DeliveryStep.Connection ? nameof(SmtpServerViewModel.Port) : "TimeoutSeconds",
        CanRetry = !contentStarted,
    };

    internal OutgoingMailError Explain(Exception e, OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryStep step, SmtpProtocolTracker protocol)
        => e switch
        {
            SmtpCommandException command => Rejected(SmtpReply.Parse(command), step, command.Mailbox?.Address, configuration, settings, protocol),

            // MailKit throws a separate exception for 530.
            ServiceNotAuthenticatedException => Rejected(SmtpReply.Parse(530, e.Message), step, null, configuration, settings, protocol),
            SmtpReplyTooLongException => ReplyTooLong(settings, step, protocol.ContentStarted),
            _ => new()
            {
                Step = step,
                Code = ConnectionLost,
                Message = S["{0} closed the connection.", settings.Host],
                NextStep = protocol.ContentStarted
                    ? S["The server may or may not have accepted the message. Check with the recipient or your provider before you send it again."]
                    : S["Try again. If the problem persists, check Host and Port, or contact your provider: the server may not accept connections from this site, or the port may belong to another service."],
                ServerResponse = protocol.LastReply,
                CanRetry = !protocol.ContentStarted,
            },
        };

    /// <summary>Whether the exception is about the conversation with a server, so that <see cref="Explain"/> can explain it.</summary>
    internal static bool IsSmtpException(Exception e)
        => e is SmtpCommandException or SmtpProtocolException or ServiceNotAuthenticatedException or ServiceNotConnectedException or IOException or SocketException;

    /// <summary>Explains why one of several recipients was rejected.</summary>
    internal RecipientRefusal RecipientRejected(MailboxAddress mailbox, SmtpResponse response, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpProtocolTracker protocol) => new()
    {
        Address = mailbox.Address,
        Error = Rejected(SmtpReply.Parse(response), DeliveryStep.Recipient, mailbox.Address, configuration, settings, protocol),
    };

    /// <inheritdoc cref="MessageErrors.Unreadable"/>
    internal OutgoingMailError MessageUnreadable(Exception e) => messages.Unreadable(e);

    private OutgoingMailError ReplyTooLong(SmtpServerSettings settings, DeliveryStep step, bool contentStarted) => new()
    {
        Step = step,
        Code = "reply-too-long",
        Message = S["{0} sent a reply of more than {1} KB or {2} lines, so the connection was closed.", settings.Host, SmtpReplyLimit.MaxBytes / 1024, SmtpReplyLimit.MaxLines],
        NextStep = contentStarted
            ? S["The server may or may not have accepted the message. Check with the recipient before you send it again. Mail servers don't usually reply like this: check Host and Port."]
            : S["Mail servers don't usually reply like this. Check Host and Port, or contact the server's administrator."],
        Field = nameof(SmtpServerViewModel.Host),
    };

    private OutgoingMailError Rejected(SmtpReply reply, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpProtocolTracker protocol)
        => replies.Explain(reply, step, address, configuration, settings) with { ServerResponse = protocol.Redact(reply.Code, reply.ToString()) };
}
