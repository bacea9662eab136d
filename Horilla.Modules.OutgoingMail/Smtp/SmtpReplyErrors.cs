using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Explains what a reply means and how to fix the cause that <see cref="SmtpReplyClassifier"/> finds.</summary>
public sealed class SmtpReplyErrors(IStringLocalizer<SmtpReplyErrors> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Explains the reply to a command that failed.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="step">The step that it replied to.</param>
    /// <param name="address">The sender or recipient that it is about; null if there is none.</param>
    /// <param name="configuration">The configuration of the server.</param>
    /// <param name="settings">The server.</param>
    internal OutgoingMailError Explain(SmtpReply reply, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings)
    {
        var cause = SmtpReplyClassifier.Classify(reply, step);
        var error = cause switch
        {
            SmtpReplyCause.Quota => Quota(step, settings),
            SmtpReplyCause.SmtpAuthDisabled => SmtpAuthDisabled(settings),
            SmtpReplyCause.LocalDomain => LocalDomain(reply, settings),
            SmtpReplyCause.SenderMailboxFull => SenderMailboxFull(step, configuration),
            _ when reply.IsTemporary => Temporary(cause, step, address, configuration, settings),
            SmtpReplyCause.TooLarge => TooLarge(settings),
            SmtpReplyCause.SendAsDenied or SmtpReplyCause.SenderInvalid => Sender(cause, step == DeliveryStep.Sender ? address : null, configuration, settings),
            SmtpReplyCause.MailboxFull or SmtpReplyCause.RecipientUnknown or SmtpReplyCause.RecipientDomain or SmtpReplyCause.RecipientUnavailable or SmtpReplyCause.TooManyRecipients
                => Recipient(cause, address, settings),
            SmtpReplyCause.IpAddressBlocked when settings.NeedsNoSignIn && reply.Text.Contains("Client host rejected: Access denied", StringComparison.OrdinalIgnoreCase) => SignInRequired(settings),
            SmtpReplyCause.SignInRequired when settings.NeedsNoSignIn => SignInRequired(settings),
            SmtpReplyCause.SignInRequired when step == DeliveryStep.Sender || reply.SubjectAndDetail == "7.57" => SignInNotAccepted(settings),
            SmtpReplyCause.TlsRequired or SmtpReplyCause.AccountBlocked or SmtpReplyCause.IpAddressBlocked or SmtpReplyCause.Protocol => Server(cause, step, settings),
            SmtpReplyCause.ContentBlocked or SmtpReplyCause.SenderAuthentication or SmtpReplyCause.MessageFormat => Content(cause, configuration, settings),
            _ => Unspecified(step, address, configuration, settings),
        };

        return error with { CanRetry = reply.IsTemporary || cause == SmtpReplyCause.Quota };
    }

    /// <summary>The server requires a sign-in (RFC 4954 section 6), or TLS (RFC 3207 section 4), before anything else.</summary>
    private OutgoingMailError SignInRequired(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-required",
        Message = S["{0} requires a sign-in.", settings.Host],
        NextStep = settings.IsSecure
            ? S["Clear 'No sign-in required', and enter Email Host Username and App Password."]
            : S["Clear 'No sign-in required', and enter Email Host Username and App Password. If the server response mentions STARTTLS, set Use TLS to Yes."],
        Field = nameof(SmtpServerViewModel.NeedsNoSignIn),
    };

    /// <summary>The server requires a sign-in although one succeeded.</summary>
    private OutgoingMailError SignInNotAccepted(SmtpServerSettings settings) => Error(
        DeliveryStep.SignIn,
        "sign-in-required",
        S["{0} requires a sign-in, although the sign-in succeeded.", settings.Host],
        S["The account may not be allowed to send through SMTP. Contact your provider, and include the server response."],
        nameof(SmtpServerViewModel.Username));

    /// <summary>SMTP AUTH is turned off for the account, so no password works.</summary>
    internal OutgoingMailError SmtpAuthDisabled(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "smtp-auth-disabled",
        Message = S["Authenticated SMTP is turned off for this mailbox, or for the entire organization."],
        NextStep = S["Add a mail server of type Outlook instead, which signs in with Microsoft. Or ask a Microsoft 365 administrator to turn on 'Authenticated SMTP' for the mailbox. Another password doesn't help."],
        Field = nameof(SmtpServerViewModel.Host),
        HelpUrl = "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission",
    };

    private static OutgoingMailError Error(DeliveryStep step, string code, LocalizedString message, LocalizedString nextStep, string? field = null) => new()
    {
        Step = step,
        Code = code,
        Message = message,
        NextStep = nextStep,
        Field = field,
    };

    private OutgoingMailError Quota(DeliveryStep step, SmtpServerSettings settings) => Error(
        step,
        "quota-exceeded",
        S["This account has reached a sending limit of {0}.", settings.Host],
        S["Try again later. Limits per minute or hour reset automatically, and daily limits within 24 hours. To send more, ask your provider for a higher limit, or use another mail server."]);

    private OutgoingMailError SenderMailboxFull(DeliveryStep step, OutgoingMailConfiguration configuration) => Error(
        step,
        "sender-mailbox-full",
        S["The mailbox of {0} is full, so it can't send email.", configuration.Username],
        S["Free up space in the mailbox, for example in Sent Items, or ask an administrator to increase its quota."]);

    private OutgoingMailError LocalDomain(SmtpReply reply, SmtpServerSettings settings) => Error(
        DeliveryStep.Connection,
        "ehlo-rejected",
        reply.IsTemporary
            ? S["{0} can't accept the EHLO name of this site right now.", settings.Host]
            : S["{0} rejected the EHLO name of this site.", settings.Host],
        S["Enter a fully qualified host name that exists in the DNS, for example mail.example.com, as EHLO name. An operator can set it for all servers."],
        nameof(SmtpServerViewModel.LocalDomain));

    private OutgoingMailError Temporary(SmtpReplyCause cause, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings)
    {
        var retry = cause switch
        {
            SmtpReplyCause.MailboxFull => S["Ask the recipient to free up space, and try again tomorrow."],
            SmtpReplyCause.SenderAuthentication or SmtpReplyCause.SenderInvalid or SmtpReplyCause.SendAsDenied => S["Try again in 15 minutes. If the problem persists, check Default From Mail and the DNS records of its domain."],
            SmtpReplyCause.RecipientDomain or SmtpReplyCause.RecipientUnknown => S["Check the address. If it is correct, try again in an hour: its domain may be temporarily unavailable."],
            _ => S["Try again in 15 minutes. If the problem persists, check the server response, or contact your provider."],
        };

        return Error(
            step,
            "temporary-failure",
            (cause, step) switch
            {
                (SmtpReplyCause.MailboxFull, _) => S["The mailbox of {0} is full.", address ?? ""],
                (_, DeliveryStep.Sender) => S["{0} can't accept email from {1} right now.", settings.Host, address ?? configuration.DefaultFrom],
                (_, DeliveryStep.Recipient) => S["{0} can't accept email for {1} right now.", settings.Host, address ?? ""],
                (_, DeliveryStep.Data) => S["{0} can't accept the message right now.", settings.Host],
                (_, DeliveryStep.Tls) => S["{0} can't start TLS right now. Nothing was sent unencrypted.", settings.Host],
                _ => S["{0} can't accept email right now.", settings.Host],
            },
            retry);
    }

    private OutgoingMailError TooLarge(SmtpServerSettings settings) => Error(
        DeliveryStep.Data,
        "too-large",
        S["The message is too large for {0}.", settings.Host],
        S["Send smaller attachments, or links to them. Your provider's help lists the maximum message size."]);

    private OutgoingMailError Sender(SmtpReplyCause cause, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => Error(
        DeliveryStep.Sender,
        "sender-refused",
        S["{0} rejected the sender {1}.", settings.Host, address ?? configuration.DefaultFrom],
        cause == SmtpReplyCause.SendAsDenied
            ? S["{0} isn't allowed to send as this address. Enter an address of the account as Default From Mail, or ask your provider to allow this one ('send as', or a verified sender).", configuration.Username]
            : S["The address or its domain doesn't exist or doesn't receive email. Enter an address that receives email as Default From Mail."],
        "DefaultFrom");

    private OutgoingMailError Recipient(SmtpReplyCause cause, string? address, SmtpServerSettings settings) => cause switch
    {
        SmtpReplyCause.MailboxFull => Error(
            DeliveryStep.Recipient, "mailbox-full", S["The mailbox of {0} is full.", address ?? S["a recipient"]], S["Ask the recipient to free up space, and send the message again."]),
        SmtpReplyCause.TooManyRecipients => Error(
            DeliveryStep.Recipient, "too-many-recipients", S["The message has more recipients than {0} accepts.", settings.Host], S["Send it to fewer recipients at once."]),
        SmtpReplyCause.RecipientDomain => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["{0} rejected the recipient {1}: its domain doesn't exist or doesn't receive email.", settings.Host, address ?? ""],
            S["Check the part of the address after the @."]),
        SmtpReplyCause.RecipientUnavailable => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["{0} rejected the recipient {1}: the mailbox doesn't accept email, or doesn't accept this message.", settings.Host, address ?? ""],
            S["The mailbox may be disabled or restricted: check the server response. Contact the recipient in another way."]),
        _ => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["{0} rejected the recipient {1}: there is no such mailbox.", settings.Host, address ?? ""],
            S["Check the spelling of the address. If it is correct, the mailbox may have been deleted."]),
    };

    private OutgoingMailError Server(SmtpReplyCause cause, DeliveryStep step, SmtpServerSettings settings) => cause switch
    {
        SmtpReplyCause.TlsRequired => Error(
            DeliveryStep.Tls, "tls-required", S["{0} requires an encrypted connection.", settings.Host], S["Set Use TLS to Yes (usually port 587), or Use SSL (usually port 465)."], nameof(SmtpServerViewModel.UseTls)),
        SmtpReplyCause.AccountBlocked => Error(
            DeliveryStep.SignIn, "account-blocked", S["{0} has blocked this account from sending.", settings.Host], S["Sign in to your provider's website, or contact your provider, to find out why and to unblock the account."]),
        SmtpReplyCause.IpAddressBlocked => Error(
            step, "address-blocked", S["{0} blocks the IP address of this site's server.", settings.Host], S["Ask your provider to unblock the address in the server response, or use another mail server. An operator can find out which address this is."]),
        _ => Error(
            step, "protocol-error", S["{0} didn't understand what this site sent.", settings.Host], S["Check Host and Port: this may not be a server for sending email. If it is, send the server response to your provider."], nameof(SmtpServerViewModel.Port)),
    };

    private OutgoingMailError Content(SmtpReplyCause cause, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => Error(
        DeliveryStep.Data,
        "content-refused",
        cause switch
        {
            SmtpReplyCause.SenderAuthentication => S["{0} rejected the message: it can't verify that it comes from the domain of {1}.", settings.Host, configuration.DefaultFrom],
            SmtpReplyCause.MessageFormat => S["{0} rejected the message because of its format.", settings.Host],
            _ => S["{0} rejected the message because of its content.", settings.Host],
        },
        cause switch
        {
            SmtpReplyCause.SenderAuthentication => S["Set up SPF, DKIM and DMARC for this server in the DNS of the sender's domain. Your provider's help lists the records."],
            SmtpReplyCause.MessageFormat => S["Send the server response to the developers of the module that created the message."],
            _ => S["Check the server response. The cause is often an attachment of a blocked type, a link, or text that looks like spam. Change it, and send the message again."],
        });

    private OutgoingMailError Unspecified(DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => step switch
    {
        DeliveryStep.Sender => Error(
            step,
            "sender-refused",
            S["{0} rejected the sender {1}.", settings.Host, address ?? configuration.DefaultFrom],
            S["Most servers accept only addresses that belong to the account. Enter one of those as Default From Mail, or ask your provider to allow this one."],
            "DefaultFrom"),
        DeliveryStep.Recipient => Error(
            step,
            "recipient-refused",
            S["{0} rejected the recipient {1}.", settings.Host, address ?? ""],
            settings.NeedsNoSignIn
                ? S["Check the address. If it is correct, the server forwards email only after a sign-in: clear 'No sign-in required'."]
                : S["Check the address. If it is correct, check the server response: the mailbox may no longer exist, or the server may not forward email to it."]),
        DeliveryStep.Data => Error(
            step,
            "content-refused",
            S["{0} rejected the message.", settings.Host],
            S["Check the server response. Often the message looks like spam, or the sender's domain lacks SPF, DKIM or DMARC. Your provider can help."]),
        _ => Error(step, "refused", S["{0} rejected the connection.", settings.Host], S["Check the server response, or contact your provider."]),
    };
}
