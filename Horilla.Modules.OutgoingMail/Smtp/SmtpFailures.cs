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

/// <summary>Tells what failed and what to do about it, by the types and codes of errors.</summary>
public sealed class SmtpFailures(SmtpReplyErrors replies, MessageErrors messages, IStringLocalizer<SmtpFailures> stringLocalizer)
{
    /// <summary>The code of a connection that broke.</summary>
    internal const string ConnectionLost = "connection-lost";

    /// <summary>How many of a certificate's names are told: it may have thousands.</summary>
    private const int MaxNames = 10;

    private const string SignInRefused = "sign-in-refused";

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>What there is to tell of the certificate of a connection that is secure.</summary>
    internal string? Shown(ServerCertificate? certificate)
        => certificate is null ? null : S["certificate of {0} valid until {1}", certificate.Subject, Day(certificate.NotAfter)].Value;

    internal OutgoingMailError PasswordIsMissing(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "password-missing",
        Message = S["No password is stored for '{0}'.", configuration.Title],
        NextStep = S["Enter the App Password; or, if the server takes mail without a sign-in, tick 'This server needs no sign-in'."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    internal OutgoingMailError PasswordCannotBeRead(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "secret-unreadable",
        Message = S["The stored password of '{0}' cannot be read.", configuration.Title],
        NextStep = S["The keys that protect it are gone or other ones, as after a move to another server. Enter the App Password again, and have an operator restore the keys with the next move."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    internal OutgoingMailError LookUp(SocketException e, SmtpServerSettings settings)
    {
        var isUnknown = e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;

        return new OutgoingMailError
        {
            Step = DeliveryStep.LookUp,
            Code = isUnknown ? "host-unknown" : "look-up-failed",
            Message = isUnknown ? S["There is no host '{0}'.", settings.Host] : S["The addresses of '{0}' could not be looked up.", settings.Host],
            NextStep = isUnknown
                ? S["Check the spelling of Host. Your provider's help tells its name, which often begins with smtp."]
                : S["The name server of this machine does not answer. Try again; if it stays so, tell an operator."],
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
            NextStep = S["No mail server listens on this port. Check Port: STARTTLS usually is on 587, TLS from the first byte on 465."],
            Field = nameof(SmtpServerViewModel.Port),
            CanRetry = true,
        },
        _ => new()
        {
            Step = DeliveryStep.Connection,
            Code = "unreachable",
            Message = S["{0} could not be reached on port {1} ({2}).", settings.Host, settings.Port, e.SocketErrorCode],
            NextStep = S["Check Host and Port. If they are right, a firewall may be in the way: many networks let mail out on port 587 only, which an operator can tell."],
            Field = nameof(SmtpServerViewModel.Port),
            CanRetry = true,
        },
    };

    internal OutgoingMailError SpeaksTlsAtOnce(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "tls-at-once",
        Message = S["{0} speaks TLS from the first byte on port {1}, but was addressed in clear.", settings.Host, settings.Port],
        NextStep = S["Set Use SSL to Yes and Use TLS to No; or choose the port for STARTTLS, which usually is 587."],
        Field = nameof(SmtpServerViewModel.UseSsl),
    };

    internal OutgoingMailError SpeaksInClear(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "no-tls-at-once",
        Message = S["{0} does not speak TLS from the first byte on port {1}.", settings.Host, settings.Port],
        NextStep = S["Set Use TLS to Yes and Use SSL to No; or choose the port for TLS from the first byte, which usually is 465."],
        Field = nameof(SmtpServerViewModel.UseSsl),
    };

    internal OutgoingMailError StartTlsIsNotOffered(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Tls,
        Code = "starttls-not-offered",
        Message = S["{0} does not offer STARTTLS on port {1}. Nothing was sent in clear.", settings.Host, settings.Port],
        NextStep = S["Ask the provider for the port that offers TLS, usually 587 (Use TLS) or 465 (Use SSL). Only for a server within your own network, set both to No."],
        Field = nameof(SmtpServerViewModel.UseTls),
    };

    internal OutgoingMailError Handshake(ServerCertificate? certificate, SmtpServerSettings settings)
    {
        if (certificate is null || certificate.Errors == SslPolicyErrors.None)
        {
            return new OutgoingMailError
            {
                Step = DeliveryStep.Tls,
                Code = "tls-failed",
                Message = S["{0} and this site could not agree on TLS on port {1}.", settings.Host, settings.Port],
                NextStep = S["The server may know only old versions of TLS, which are not used any more: ask the provider for a server with TLS 1.2 or newer. If the port is one for STARTTLS, set Use TLS instead of Use SSL."],
                Field = nameof(SmtpServerViewModel.UseSsl),
            };
        }

        var (code, reason, advice) = Certificate(certificate, settings);

        return new OutgoingMailError
        {
            Step = DeliveryStep.Tls,
            Code = code,
            Message = S["The certificate of {0} is not trusted: {1}", settings.Host, reason],
            NextStep = advice,
            Field = code is "certificate-name" or "certificate-issuer" or "certificate-incomplete" ? nameof(SmtpServerViewModel.Host) : null,
        };
    }

    internal OutgoingMailError SignInIsNotOffered(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-not-offered",
        Message = S["{0} does not offer a sign-in on port {1}.", settings.Host, settings.Port],
        NextStep = settings.UseTls || settings.UseSsl
            ? S["Choose the provider's port for sending with a sign-in, usually 587 or 465. If the server takes mail without one, tick 'This server needs no sign-in'."]
            : S["Many servers offer it over TLS only: set Use TLS or Use SSL. If the server takes mail without one, tick 'This server needs no sign-in'."],
        Field = nameof(SmtpServerViewModel.NeedsNoSignIn),
    };

    internal OutgoingMailError NoMechanismInCommon(SmtpServerSettings settings, IEnumerable<string> mechanisms) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-mechanism",
        Message = S["{0} offers no sign-in with a password. It offers only: {1}.", settings.Host, string.Join(", ", mechanisms.Order(StringComparer.Ordinal))],
        NextStep = S["Ask the provider how programs sign in. XOAUTH2 and OAUTHBEARER mean a sign-in with Microsoft or Google: for Microsoft 365, create a server of the type Outlook."],
    };

    /// <summary>The server does not know the command or its mechanism, so that no password was looked at.</summary>
    private OutgoingMailError MechanismNotAccepted(SmtpServerSettings settings, string? mechanism) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-mechanism",
        Message = S["{0} does not accept the way of signing in that it offers ({1}).", settings.Host, mechanism ?? ""],
        NextStep = S["The password was not checked. Ask the provider which port and encryption programs use to sign in, and show it the server's reply."],
    };

    internal OutgoingMailError AddressIsInternational(SmtpServerSettings settings, (MailboxAddress Mailbox, DeliveryStep Step) address) => new()
    {
        Step = address.Step,
        Code = "address-international",
        Message = S["{0} can't handle the address {1}, which has non-ASCII letters before its @. Nothing was sent.", settings.Host, address.Mailbox.Address],
        NextStep = S["Use an address of ASCII letters, or a server that supports SMTPUTF8."],
        Field = address.Step == DeliveryStep.Sender ? "DefaultFrom" : null,
    };

    internal OutgoingMailError IsNoSmtpServer(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "not-smtp",
        Message = S["What answers at {0} on port {1} isn't an SMTP server.", settings.Host, settings.Port],
        NextStep = S["Check Host and Port. Servers for sending usually use port 587 (Use TLS) or 465 (Use SSL); 993 and 995 are for reading email."],
        Field = nameof(SmtpServerViewModel.Port),
    };

    internal OutgoingMailError NetworkIsNotAllowed(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "network-not-allowed",
        Message = S["{0} is in a network that this site may not connect to. No connection was made.", settings.Host],
        NextStep = S["Enter a mail server that is reachable from outside the operator's own machines. An operator can allow more networks."],
        Field = nameof(SmtpServerViewModel.Host),
    };

    internal OutgoingMailError NetworkSettingsAreInvalid(string problem) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "network-settings-invalid",
        Message = S["The operator's list of allowed networks can't be read, so no connection is made: {0}", problem],
        NextStep = S["An operator corrects the setting and restarts the site."],
    };

    internal OutgoingMailError PasswordCannotBeUsed(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "password-characters",
        Message = S["The stored password of '{0}' cannot be used to sign in: it has a character that no password may have.", configuration.Title],
        NextStep = S["Enter the App Password again. If it was copied, type the characters that look odd by hand."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    /// <summary>The sign-in did not work, for the reason that the last reply gives.</summary>
    internal OutgoingMailError SignIn(OutgoingMailConfiguration configuration, SmtpServerSettings settings, string password, SmtpConversation conversation)
    {
        var reply = conversation.LastCode is { } code ? SmtpReply.Parse(code, conversation.LastText) : null;
        var error = reply switch
        {
            // Exchange Online has one code for both.
            { Detail: "7.139" or "7.30" } when !reply.Text.Contains("credentials were incorrect", StringComparison.OrdinalIgnoreCase) => replies.SmtpAuthDisabled(settings),
            not null when SmtpReplyCodes.CauseOf(reply, DeliveryStep.SignIn) == SmtpReplyCause.Quota && reply is not { Code: 454, Detail: "7.0" } => replies.Explain(reply, DeliveryStep.SignIn, null, configuration, settings),
            { Detail: "7.11" } or { Code: 538 } or { Code: 530 } when !settings.IsSecure => replies.Explain(new SmtpReply(538, null, ""), DeliveryStep.SignIn, null, configuration, settings),
            { Detail: "7.13" } => replies.Explain(reply, DeliveryStep.SignIn, null, configuration, settings),
            { IsTemporary: true } => SignInUnavailable(settings),
            { Code: 500 or 502 or 503 or 504, Detail: not "7.8" } => MechanismNotAccepted(settings, conversation.Mechanism),
            _ => SignInRejected(configuration, settings, password),
        };

        return error with { ServerResponse = conversation.LastReply };
    }

    /// <summary>The sign-in was rejected before, and is not tried for a while.</summary>
    /// <param name="rejection">What the rejection brought.</param>
    /// <param name="pause">For how long it is not tried.</param>
    internal OutgoingMailError SignInIsPaused(OutgoingMailError rejection, TimeSpan pause) => rejection with
    {
        NextStep = S[
            "{0} So that the account isn't locked, the next message tries this password in {1} minutes. Saving the server or sending a test message tries at once.",
            rejection.NextStep,
            Math.Ceiling(pause.TotalMinutes)],
    };

    private OutgoingMailError SignInUnavailable(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-unavailable",
        Message = S["{0} can't check a sign-in right now.", settings.Host],
        NextStep = S["Try again in 15 minutes. If it stays so, there may have been too many attempts: ask the provider."],
        Field = nameof(SmtpServerViewModel.Password),
        CanRetry = true,
    };

    private OutgoingMailError SignInRejected(OutgoingMailConfiguration configuration, SmtpServerSettings settings, string password)
    {
        var provider = SmtpProviders.FindByHost(settings.Host);
        var advice = provider is null
            ? S["Check Email Host Username and App Password. Providers with two-factor authentication require an app password here, not the password of the account."]
            : S[provider.Hint];

        return new OutgoingMailError
        {
            Step = DeliveryStep.SignIn,
            Code = SignInRefused,
            Message = S["{0} rejected the sign-in of {1}.", settings.Host, configuration.Username],
            NextStep = password.Any(char.IsWhiteSpace)
                ? S["{0} The stored password has spaces: app passwords are often shown in groups, and are entered without them.", advice]
                : advice,
            Field = nameof(SmtpServerViewModel.Password),
            HelpUrl = provider?.HelpUrl,
        };
    }

    internal OutgoingMailError Timeout(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery)
        => delivery.Current == DeliveryStep.Configuration ? AllConnectionsBusy(configuration, settings) : Timeout(configuration, settings, delivery.Current, delivery.IsTest, delivery.ContentHasBegun);

    private OutgoingMailError AllConnectionsBusy(OutgoingMailConfiguration configuration, SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "connections-busy",
        Message = S["All connections to {0} were in use by other mails for {1} seconds.", settings.Host, configuration.TimeoutSeconds],
        NextStep = S["Send again later, or send fewer messages at once. If the server takes more connections at the same time, raise Maximum connections; if it is just slow, raise Email Send Timeout."],
        Field = nameof(SmtpServerViewModel.MaxConnections),
        CanRetry = true,
    };

    private OutgoingMailError Timeout(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryStep step, bool isTest, bool contentHasBegun) => new()
    {
        Step = step,
        Code = "timeout",
        Message = step switch
        {
            DeliveryStep.LookUp => S["The addresses of {0} were not found within {1} seconds.", settings.Host, configuration.TimeoutSeconds],
            DeliveryStep.Connection => S["{0} did not answer on port {1} within {2} seconds.", settings.Host, settings.Port, configuration.TimeoutSeconds],
            _ => S["{0} did not answer in time: the attempt ended after {1} seconds.", settings.Host, configuration.TimeoutSeconds],
        },
        NextStep = step is DeliveryStep.LookUp or DeliveryStep.Connection
            ? isTest
                ? S["Check Host and Port: a firewall may swallow what is sent to this port. If the server is just slow, raise Email Send Timeout."]
                : S["Check Host and Port: a firewall may swallow what is sent to this port, or it may be one for TLS from the first byte, which a test mail finds out. If the server is just slow, raise Email Send Timeout."]
            : contentHasBegun
                ? S["It is not known whether the mail was taken: ask the recipient, or the provider, before you send it again. If the server is just slow, raise Email Send Timeout."]
                : S["Try again. If the server is just slow, raise Email Send Timeout."],
        Field = step is DeliveryStep.LookUp or DeliveryStep.Connection ? nameof(SmtpServerViewModel.Port) : "TimeoutSeconds",
        CanRetry = !contentHasBegun,
    };

    internal OutgoingMailError Explain(Exception e, OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryStep step, SmtpConversation conversation)
        => e switch
        {
            SmtpCommandException command => Rejected(SmtpReply.Parse(command), step, command.Mailbox?.Address, configuration, settings, conversation),

            // MailKit has an exception of its own for 530.
            ServiceNotAuthenticatedException => Rejected(SmtpReply.Parse(530, e.Message), step, null, configuration, settings, conversation),
            SmtpReplyTooLongException => ReplyTooLong(settings, step, conversation.ContentHasBegun),
            _ => new()
            {
                Step = step,
                Code = ConnectionLost,
                Message = S["{0} closed the connection.", settings.Host],
                NextStep = conversation.ContentHasBegun
                    ? S["It is not known whether the mail was taken: ask the recipient, or the provider, before you send it again."]
                    : S["Try again. If it stays so, the server may not take connections from here, or the port may belong to something else: check Host and Port, and ask the provider."],
                ServerResponse = conversation.LastReply,
                CanRetry = !conversation.ContentHasBegun,
            },
        };

    /// <summary>Whether it tells of the conversation with a server, so that <see cref="Explain"/> knows it.</summary>
    internal static bool IsOfConversation(Exception e)
        => e is SmtpCommandException or SmtpProtocolException or ServiceNotAuthenticatedException or ServiceNotConnectedException or IOException or SocketException;

    /// <summary>Whether the server rejected user name or password, so that the next message would fare no better.</summary>
    internal static bool IsSignInRejected(OutgoingMailError error) => error.Step == DeliveryStep.SignIn && error.Code is SignInRefused or "smtp-auth-disabled" or "account-blocked";

    /// <summary>One recipient of several is rejected.</summary>
    internal RecipientRefusal RecipientRefused(MailboxAddress mailbox, SmtpResponse response, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpConversation conversation) => new()
    {
        Address = mailbox.Address,
        Error = Rejected(SmtpReply.Parse(response), DeliveryStep.Recipient, mailbox.Address, configuration, settings, conversation),
    };

    /// <inheritdoc cref="MessageErrors.Unreadable"/>
    internal OutgoingMailError MessageIsUnreadable(Exception e) => messages.Unreadable(e);

    private OutgoingMailError ReplyTooLong(SmtpServerSettings settings, DeliveryStep step, bool contentHasBegun) => new()
    {
        Step = step,
        Code = "reply-too-long",
        Message = S["{0} sent a reply of more than {1} KB or {2} lines, and the connection was closed.", settings.Host, SmtpReplyLimit.MaxBytes / 1024, SmtpReplyLimit.MaxLines],
        NextStep = contentHasBegun
            ? S["It isn't known whether the server has the message: ask the recipient before you send it again. No mail server should reply like this: check Host and Port."]
            : S["No mail server should reply like this. Check Host and Port, and contact the administrator of the server."],
        Field = nameof(SmtpServerViewModel.Host),
    };

    private OutgoingMailError Rejected(SmtpReply reply, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpConversation conversation)
        => replies.Explain(reply, step, address, configuration, settings) with { ServerResponse = conversation.Redact(reply.Code, reply.ToString()) };

    private (string Code, LocalizedString Reason, LocalizedString Advice) Certificate(ServerCertificate certificate, SmtpServerSettings settings)
    {
        if (certificate.Chain.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return (
                "certificate-expired",
                S["it is valid from {0} to {1}.", Day(certificate.NotBefore), Day(certificate.NotAfter)],
                S["Whoever runs the server has to renew it. Tell the provider; until then no mail can go this way safely."]);
        }

        if (certificate.Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return (
                "certificate-name",
                S["it is for {0}, not for {1}.", certificate.Names.Count > 0 ? string.Join(", ", certificate.Names.Take(MaxNames)) : certificate.Subject, settings.Host],
                S["Enter as Host one of the names that the certificate is for, as the provider's help writes it."]);
        }

        if (certificate.Chain.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            return (
                "certificate-incomplete",
                S["its chain is incomplete. The server doesn't send the certificate of the issuer {0}, and this machine doesn't know it.", certificate.Issuer],
                S["The administrator of the server has to install the full chain, including the intermediate certificates. If the issuer is your own certificate authority, an operator can add it to the trusted authorities of this machine."]);
        }

        if (certificate.Chain.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            return (
                "certificate-issuer",
                S["its issuer {0} is not known to this machine.", certificate.Issuer],
                S["If the server is your own, an operator can add its authority to the trusted ones of this machine. If it is a provider's, check Host: somebody else may be answering."]);
        }

        return (
            "certificate-invalid",
            S["{0}.", certificate.Chain == X509ChainStatusFlags.NoError ? certificate.Errors.ToString() : certificate.Chain.ToString()],
            S["Whoever runs the server has to replace it. Tell the provider what it says here."]);
    }

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
