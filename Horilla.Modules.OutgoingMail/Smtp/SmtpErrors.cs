using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Localization;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Explains what failed and how to fix it, from the types and codes of errors.</summary>
public sealed class SmtpErrors(SmtpReplyErrors replies, MessageErrors messages, IStringLocalizer<SmtpErrors> stringLocalizer)
{
    /// <summary>The error code of a connection that was lost.</summary>
    internal const string ConnectionLost = "connection-lost";

    /// <summary>How many of a certificate's names are listed: it may have thousands.</summary>
    private const int MaxNames = 10;

    private const string SignInRejectedCode = "sign-in-refused";

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Describes the certificate of a secure connection.</summary>
    internal string? DescribeCertificate(ServerCertificate? certificate)
        => certificate is null ? null : S["certificate for {0}, valid until {1}", certificate.Subject, FormatDate(certificate.NotAfter)].Value;

    internal OutgoingMailError PasswordMissing(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "password-missing",
        Message = S["No password is stored for '{0}'.", configuration.Title],
        NextStep = S["Enter the App Password. If the server accepts email without a sign-in, select 'No sign-in required'."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    internal OutgoingMailError PasswordCannotBeRead(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "secret-unreadable",
        Message = S["The password stored for '{0}' can't be read.", configuration.Title],
        NextStep = S["The keys that encrypt it are missing or have changed, for example after a move to another server. Re-enter the App Password. Next time, ask an operator to move the keys too."],
        Field = nameof(SmtpServerViewModel.Password),
    };

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

    internal OutgoingMailError ImplicitTlsExpected(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "tls-at-once",
        Message = S["{0} expects TLS from the start on port {1}, but the connection started unencrypted.", settings.Host, settings.Port],
        NextStep = S["Set Use SSL to Yes and Use TLS to No, or enter the port for STARTTLS, usually 587."],
        Field = nameof(SmtpServerViewModel.UseSsl),
    };

    internal OutgoingMailError ImplicitTlsNotSupported(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "no-tls-at-once",
        Message = S["{0} doesn't use TLS from the start on port {1}.", settings.Host, settings.Port],
        NextStep = S["Set Use TLS to Yes and Use SSL to No, or enter the port for implicit TLS, usually 465."],
        Field = nameof(SmtpServerViewModel.UseSsl),
    };

    internal OutgoingMailError StartTlsNotOffered(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "starttls-not-offered",
        Message = S["{0} doesn't offer STARTTLS on port {1}. Nothing was sent unencrypted.", settings.Host, settings.Port],
        NextStep = S["Ask your provider which port offers TLS, usually 587 (Use TLS) or 465 (Use SSL). Set both to No only for a server in your own network."],
        Field = nameof(SmtpServerViewModel.UseTls),
    };

    internal OutgoingMailError Handshake(ServerCertificate? certificate, SmtpServerSettings settings)
    {
        if (certificate is null || certificate.PolicyErrors == SslPolicyErrors.None)
        {
            return new OutgoingMailError
            {
                Step = DeliveryStep.Tls,
                Code = "tls-failed",
                Message = S["The TLS handshake with {0} on port {1} failed.", settings.Host, settings.Port],
                NextStep = S["The server may support only outdated TLS versions. Ask your provider for a server with TLS 1.2 or later. If the port is for STARTTLS, set Use TLS instead of Use SSL."],
                Field = nameof(SmtpServerViewModel.UseSsl),
            };
        }

        var (code, reason, advice) = Certificate(certificate, settings);

        return new OutgoingMailError
        {
            Step = DeliveryStep.Tls,
            Code = code,
            Message = S["The certificate of {0} isn't trusted: {1}", settings.Host, reason],
            NextStep = advice,
            Field = code is "certificate-name" or "certificate-issuer" or "certificate-incomplete" ? nameof(SmtpServerViewModel.Host) : null,
        };
    }

    internal OutgoingMailError SignInNotOffered(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-not-offered",
        Message = S["{0} doesn't offer a sign-in on port {1}.", settings.Host, settings.Port],
        NextStep = settings.UseTls || settings.UseSsl
            ? S["Enter your provider's port for sending with a sign-in, usually 587 or 465. If the server accepts email without a sign-in, select 'No sign-in required'."]
            : S["Many servers offer sign-in only over TLS: set Use TLS or Use SSL to Yes. If the server accepts email without a sign-in, select 'No sign-in required'."],
        Field = nameof(SmtpServerViewModel.NeedsNoSignIn),
    };

    internal OutgoingMailError NoMechanismInCommon(SmtpServerSettings settings, IEnumerable<string> mechanisms) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-mechanism",
        Message = S["{0} doesn't offer sign-in with a password. It offers only: {1}.", settings.Host, string.Join(", ", mechanisms.Order(StringComparer.Ordinal))],
        NextStep = S["Ask your provider how applications sign in. XOAUTH2 and OAUTHBEARER require a sign-in with Microsoft or Google. For Microsoft 365, add a mail server of type Outlook."],
    };

    /// <summary>The server doesn't know AUTH or the mechanism, so it didn't check the password.</summary>
    private OutgoingMailError MechanismNotAccepted(SmtpServerSettings settings, string? mechanism) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-mechanism",
        Message = S["{0} rejected the sign-in method that it offers ({1}).", settings.Host, mechanism ?? ""],
        NextStep = S["The password wasn't checked. Ask your provider which port and encryption to use for sign-in, and include the server response."],
    };

    internal OutgoingMailError AddressInternational(SmtpServerSettings settings, (MailboxAddress Mailbox, DeliveryStep Step) address) => new()
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

    internal OutgoingMailError NetworkSettingsAreInvalid(string problem) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "network-settings-invalid",
        Message = S["The operator's list of allowed networks can't be read, so no connection is made: {0}", problem],
        NextStep = S["Ask an operator to correct the setting and restart the site."],
    };

    internal OutgoingMailError PasswordCannotBeUsed(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "password-characters",
        Message = S["The password stored for '{0}' can't be used to sign in: it contains a character that isn't allowed in passwords.", configuration.Title],
        NextStep = S["Re-enter the App Password. If you copied it, type any unusual characters by hand."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    /// <summary>Explains a failed sign-in from the last reply.</summary>
    internal OutgoingMailError SignIn(OutgoingMailConfiguration configuration, SmtpServerSettings settings, string password, SmtpProtocolTracker protocol)
    {
        var reply = protocol.LastReplyCode is { } code ? SmtpReply.Parse(code, protocol.LastReplyText) : null;
        var error = reply switch
        {
            // Exchange Online uses the same code for disabled SMTP AUTH and for a wrong password.
            { SubjectAndDetail: "7.139" or "7.30" } when !reply.Text.Contains("credentials were incorrect", StringComparison.OrdinalIgnoreCase) => replies.SmtpAuthDisabled(settings),
            not null when SmtpReplyClassifier.Classify(reply, DeliveryStep.SignIn) == SmtpReplyCause.Quota && reply is not { Code: 454, SubjectAndDetail: "7.0" } => replies.Explain(reply, DeliveryStep.SignIn, null, configuration, settings),
            { SubjectAndDetail: "7.11" } or { Code: 538 } or { Code: 530 } when !settings.IsSecure => replies.Explain(new SmtpReply(538, null, ""), DeliveryStep.SignIn, null, configuration, settings),
            { SubjectAndDetail: "7.13" } => replies.Explain(reply, DeliveryStep.SignIn, null, configuration, settings),
            { IsTemporary: true } => SignInUnavailable(settings),
            { Code: 500 or 502 or 503 or 504, SubjectAndDetail: not "7.8" } => MechanismNotAccepted(settings, protocol.Mechanism),
            _ => SignInRejected(configuration, settings, password),
        };

        return error with { ServerResponse = protocol.LastReply };
    }

    /// <summary>Explains that the sign-in was rejected before, and isn't tried for a while.</summary>
    /// <param name="rejection">The error of the rejected sign-in.</param>
    /// <param name="pause">How long it isn't tried.</param>
    internal OutgoingMailError SignInPaused(OutgoingMailError rejection, TimeSpan pause) => rejection with
    {
        NextStep = S[
            "{0} To keep the account from being locked, this password isn't tried again for {1} min. To try it now, save the server or send a test message.",
            rejection.NextStep,
            Math.Ceiling(pause.TotalMinutes)],
    };

    private OutgoingMailError SignInUnavailable(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-unavailable",
        Message = S["{0} can't process sign-ins right now.", settings.Host],
        NextStep = S["Try again in 15 minutes. If the problem persists, there may have been too many attempts: contact your provider."],
        Field = nameof(SmtpServerViewModel.Password),
        CanRetry = true,
    };

    private OutgoingMailError SignInRejected(OutgoingMailConfiguration configuration, SmtpServerSettings settings, string password)
    {
        var provider = SmtpProviders.FindByHost(settings.Host);
        var advice = provider is null
            ? S["Check Email Host Username and App Password. Providers with two-factor authentication require an app password here, not the account password."]
            : S[provider.Hint];

        return new OutgoingMailError
        {
            Step = DeliveryStep.SignIn,
            Code = SignInRejectedCode,
            Message = S["{0} rejected the sign-in of {1}.", settings.Host, configuration.Username],
            NextStep = password.Any(char.IsWhiteSpace)
                ? S["{0} The stored password contains spaces. App passwords are often shown in groups, but are entered without spaces.", advice]
                : advice,
            Field = nameof(SmtpServerViewModel.Password),
            HelpUrl = provider?.HelpUrl,
        };
    }

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

    private OutgoingMailError Timeout(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryStep step, bool isTest, bool contentHasBegun) => new()
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
            : contentHasBegun
                ? S["The server may or may not have accepted the message. Check with the recipient or your provider before you send it again. If the server is slow, increase Email Send Timeout."]
                : S["Try again. If the server is slow, increase Email Send Timeout."],
        Field = step is DeliveryStep.DnsLookup or DeliveryStep.Connection ? nameof(SmtpServerViewModel.Port) : "TimeoutSeconds",
        CanRetry = !contentHasBegun,
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

    /// <summary>Whether the server rejected user name or password, so that the next message would fail too.</summary>
    internal static bool IsSignInRejected(OutgoingMailError error) => error.Step == DeliveryStep.SignIn && error.Code is SignInRejectedCode or "smtp-auth-disabled" or "account-blocked";

    /// <summary>Explains why one of several recipients was rejected.</summary>
    internal RecipientRefusal RecipientRejected(MailboxAddress mailbox, SmtpResponse response, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpProtocolTracker protocol) => new()
    {
        Address = mailbox.Address,
        Error = Rejected(SmtpReply.Parse(response), DeliveryStep.Recipient, mailbox.Address, configuration, settings, protocol),
    };

    /// <inheritdoc cref="MessageErrors.Unreadable"/>
    internal OutgoingMailError MessageUnreadable(Exception e) => messages.Unreadable(e);

    private OutgoingMailError ReplyTooLong(SmtpServerSettings settings, DeliveryStep step, bool contentHasBegun) => new()
    {
        Step = step,
        Code = "reply-too-long",
        Message = S["{0} sent a reply of more than {1} KB or {2} lines, so the connection was closed.", settings.Host, SmtpReplyLimit.MaxBytes / 1024, SmtpReplyLimit.MaxLines],
        NextStep = contentHasBegun
            ? S["The server may or may not have accepted the message. Check with the recipient before you send it again. Mail servers don't usually reply like this: check Host and Port."]
            : S["Mail servers don't usually reply like this. Check Host and Port, or contact the server's administrator."],
        Field = nameof(SmtpServerViewModel.Host),
    };

    private OutgoingMailError Rejected(SmtpReply reply, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpProtocolTracker protocol)
        => replies.Explain(reply, step, address, configuration, settings) with { ServerResponse = protocol.Redact(reply.Code, reply.ToString()) };

    private (string Code, LocalizedString Reason, LocalizedString Advice) Certificate(ServerCertificate certificate, SmtpServerSettings settings)
    {
        if (certificate.ChainStatus.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return (
                "certificate-expired",
                S["it is valid from {0} to {1}.", FormatDate(certificate.NotBefore), FormatDate(certificate.NotAfter)],
                S["The server's administrator has to renew it. Contact your provider. Until then, no email can be sent safely through this server."]);
        }

        if (certificate.PolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return (
                "certificate-name",
                S["it is for {0}, not for {1}.", certificate.Names.Count > 0 ? string.Join(", ", certificate.Names.Take(MaxNames)) : certificate.Subject, settings.Host],
                S["Enter one of the certificate's names as Host. Your provider's help lists the right one."]);
        }

        if (certificate.ChainStatus.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            return (
                "certificate-incomplete",
                S["its chain is incomplete. The server doesn't send the certificate of the issuer {0}, and this machine doesn't know it.", certificate.Issuer],
                S["The server's administrator has to install the full chain, including the intermediate certificates. If the issuer is your own certificate authority, an operator can add it to the trusted authorities of this machine."]);
        }

        if (certificate.ChainStatus.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            return (
                "certificate-issuer",
                S["this machine doesn't know its issuer {0}.", certificate.Issuer],
                S["If the server is your own, an operator can add its certificate authority to the trusted authorities of this machine. If it is your provider's, check Host: another server may be answering."]);
        }

        return (
            "certificate-invalid",
            S["{0}.", certificate.ChainStatus == X509ChainStatusFlags.NoError ? certificate.PolicyErrors.ToString() : certificate.ChainStatus.ToString()],
            S["The server's administrator has to replace it. Contact your provider, and include this error."]);
    }

    private static string FormatDate(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
