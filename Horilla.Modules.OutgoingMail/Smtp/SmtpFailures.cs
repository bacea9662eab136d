using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Localization;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Tells what failed and what to do about it, by the types and codes of errors.</summary>
public sealed class SmtpFailures(IStringLocalizer<SmtpFailures> stringLocalizer)
{
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
            Field = code is "certificate-name" or "certificate-issuer" ? nameof(SmtpServerViewModel.Host) : null,
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
        Message = S["{0} takes no password, or by no way that is known here ({1}).", settings.Host, string.Join(", ", mechanisms)],
        NextStep = S["Ask the provider how programs sign in. Microsoft 365 takes no passwords any more, and wants a server of a type that signs in with Microsoft."],
    };

    internal OutgoingMailError AddressIsInternational(SmtpServerSettings settings, MailboxAddress address, DeliveryStep step) => new()
    {
        Step = step,
        Code = "address-international",
        Message = S["{0} does not take the address {1}, which has letters beyond ASCII before its @.", settings.Host, address.Address],
        NextStep = S["Use an address of ASCII letters, or a server that knows SMTPUTF8."],
        Field = step == DeliveryStep.Sender ? "DefaultFrom" : null,
    };

    internal OutgoingMailError PasswordCannotBeUsed(OutgoingMailConfiguration configuration) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "password-characters",
        Message = S["The stored password of '{0}' cannot be used to sign in: it has a character that no password may have.", configuration.Title],
        NextStep = S["Enter the App Password again. If it was copied, type the characters that look odd by hand."],
        Field = nameof(SmtpServerViewModel.Password),
    };

    internal OutgoingMailError SignIn(AuthenticationException e, OutgoingMailConfiguration configuration, SmtpServerSettings settings, SmtpConversation conversation)
    {
        var status = (e.InnerException as SmtpCommandException)?.StatusCode;
        var isTemporary = status is { } code && (int)code is >= 400 and < 500;
        var provider = SmtpProviders.FindByHost(settings.Host);

        return new OutgoingMailError
        {
            Step = DeliveryStep.SignIn,
            Code = isTemporary ? "sign-in-unavailable" : "sign-in-refused",
            Message = isTemporary ? S["{0} cannot take a sign-in now.", settings.Host] : S["{0} refused the sign-in of {1}.", settings.Host, configuration.Username],
            NextStep = isTemporary
                ? S["Try again in some minutes. If it stays so, ask the provider."]
                : provider is null
                    ? S["Check Email Host Username and App Password. Providers with two-factor authentication take an app password here, not the password of the account."]
                    : S[provider.Hint],
            Field = nameof(SmtpServerViewModel.Password),
            HelpUrl = isTemporary ? null : provider?.HelpUrl,
            ServerResponse = Response(e.InnerException as SmtpCommandException) ?? conversation.LastReply,
            CanRetry = isTemporary,
        };
    }

    internal OutgoingMailError Timeout(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery)
        => delivery.Current == DeliveryStep.Configuration ? AllConnectionsBusy(configuration, settings) : Timeout(configuration, settings, delivery.Current, delivery.IsTest, delivery.ContentHasBegun);

    private OutgoingMailError AllConnectionsBusy(OutgoingMailConfiguration configuration, SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.Connection,
        Code = "connections-busy",
        Message = S["All connections to {0} were in use by other mails for {1} seconds.", settings.Host, configuration.TimeoutSeconds],
        NextStep = S["Send again later, or fewer mails at once. If the server takes more connections at the same time, raise Most Connections; if it is just slow, raise Email Send Timeout."],
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
            SmtpCommandException command => Refused(command, configuration, settings, step),
            ServiceNotAuthenticatedException => SignInRequired(e, settings),
            _ => new()
            {
                Step = step,
                Code = "connection-lost",
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

    /// <summary>One recipient of several is refused.</summary>
    internal RecipientRefusal RecipientRefused(MailboxAddress mailbox, SmtpResponse response, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => new()
    {
        Address = mailbox.Address,
        Error = Refused(new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, response.StatusCode, mailbox, response.Response), configuration, settings, DeliveryStep.Recipient),
    };

    /// <summary>
    /// MailKit has an exception of its own for 530, which asks for a sign-in (RFC 4954 section 6) or for TLS (RFC 3207
    /// section 4) before anything else.
    /// </summary>
    private OutgoingMailError SignInRequired(Exception e, SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-required",
        Message = S["{0} takes mail only after a sign-in.", settings.Host],
        NextStep = settings.UseTls || settings.UseSsl
            ? S["Untick 'This server needs no sign-in', and enter Email Host Username and App Password."]
            : S["Untick 'This server needs no sign-in', and enter Email Host Username and App Password. If the server's answer speaks of STARTTLS, set Use TLS to Yes."],
        ServerResponse = $"530 {e.Message}",
        Field = nameof(SmtpServerViewModel.NeedsNoSignIn),
    };

    private static string? Response(SmtpCommandException? e) => e is null ? null : $"{((int)e.StatusCode).ToString(CultureInfo.InvariantCulture)} {e.Message}";

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
                S["it is for {0}, not for {1}.", certificate.Names.Count > 0 ? string.Join(", ", certificate.Names) : certificate.Subject, settings.Host],
                S["Enter as Host one of the names that the certificate is for, as the provider's help writes it."]);
        }

        if ((certificate.Chain & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
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

    private OutgoingMailError Refused(SmtpCommandException e, OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryStep step)
    {
        var isTemporary = (int)e.StatusCode is >= 400 and < 500;
        var refused = new OutgoingMailError
        {
            Step = step,
            Code = "refused",
            Message = S["{0} refused to go on.", settings.Host],
            NextStep = S["Try again. What the server said may tell more; the provider knows what it means."],
            ServerResponse = Response(e),
            CanRetry = isTemporary,
        };

        // Whichever command it was the answer to: 552 says that it is too much (RFC 5321 section 4.2.3, RFC 1870).
        if (e.StatusCode == SmtpStatusCode.ExceededStorageAllocation && e.ErrorCode != SmtpErrorCode.RecipientNotAccepted)
        {
            return refused with
            {
                Step = DeliveryStep.Content,
                Code = "too-large",
                Message = S["{0} refused the mail, because it is too large.", settings.Host],
                NextStep = S["Send smaller attachments, or links to them. The provider tells how large a mail may be."],
            };
        }

        return e.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => refused with
            {
                Step = DeliveryStep.Sender,
                Code = "sender-refused",
                Message = S["{0} refused the sender {1}.", settings.Host, e.Mailbox?.Address ?? configuration.DefaultFrom],
                NextStep = isTemporary
                    ? S["Try again in some minutes."]
                    : S["Most servers take only addresses that belong to the account which signs in. Enter such a one as Default From Mail, or allow this one at the provider."],
                Field = isTemporary ? null : "DefaultFrom",
            },
            SmtpErrorCode.RecipientNotAccepted => refused with
            {
                Step = DeliveryStep.Recipient,
                Code = "recipient-refused",
                Message = S["{0} refused the recipient {1}.", settings.Host, e.Mailbox?.Address ?? ""],
                NextStep = isTemporary
                    ? S["Try again in some minutes: the server wants to be asked a second time, or is busy."]
                    : settings.NeedsNoSignIn
                        ? S["Check the address. If it is right, the server passes mail on only after a sign-in: untick 'This server needs no sign-in'."]
                        : S["Check the address. If it is right, what the server said tells why: the mailbox may be gone, or the server may not pass mail on to it."],
            },
            SmtpErrorCode.MessageNotAccepted => refused with
            {
                Step = DeliveryStep.Content,
                Code = "content-refused",
                Message = S["{0} refused the content of the mail.", settings.Host],
                NextStep = isTemporary
                    ? S["Try again in some minutes."]
                    : S["What the server said tells why: often it takes the mail for spam, or the sender's domain lacks SPF, DKIM or DMARC. The provider can help."],
            },
            _ => refused,
        };
    }
}
