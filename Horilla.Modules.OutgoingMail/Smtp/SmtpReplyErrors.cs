using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Says what a reply means and what to do about it, by <see cref="SmtpReplyCodes"/>.</summary>
public sealed class SmtpReplyErrors(IStringLocalizer<SmtpReplyErrors> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Explains a reply to MAIL, RCPT or DATA.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="step">What it replied to.</param>
    /// <param name="address">The address that it is about; null for none.</param>
    /// <param name="configuration">The configuration of the server.</param>
    /// <param name="settings">The server.</param>
    internal OutgoingMailError Explain(SmtpReply reply, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings)
    {
        var cause = SmtpReplyCodes.CauseOf(reply, step);
        var error = cause switch
        {
            SmtpReplyCause.Quota => Quota(step, settings),
            SmtpReplyCause.SmtpAuthDisabled => SmtpAuthDisabled(settings),
            SmtpReplyCause.LocalDomain => LocalDomain(reply, settings),
            SmtpReplyCause.SenderMailboxFull => SenderMailboxFull(step, configuration),
            _ when reply.IsTemporary => Temporary(cause, step, address, configuration, settings),
            SmtpReplyCause.TooLarge => TooLarge(settings),
            SmtpReplyCause.SenderNotOwned or SmtpReplyCause.SenderInvalid => Sender(cause, step == DeliveryStep.Sender ? address : null, configuration, settings),
            SmtpReplyCause.MailboxFull or SmtpReplyCause.RecipientUnknown or SmtpReplyCause.RecipientDomain or SmtpReplyCause.RecipientUnavailable or SmtpReplyCause.TooManyRecipients
                => Recipient(cause, address, settings),
            SmtpReplyCause.AddressBlocked when settings.NeedsNoSignIn && reply.Text.Contains("Client host rejected: Access denied", StringComparison.OrdinalIgnoreCase) => SignInRequired(settings),
            SmtpReplyCause.SignInRequired when settings.NeedsNoSignIn => SignInRequired(settings),
            SmtpReplyCause.SignInRequired when step == DeliveryStep.Sender || reply.Detail == "7.57" => SignInNotAccepted(settings),
            SmtpReplyCause.TlsRequired or SmtpReplyCause.AccountBlocked or SmtpReplyCause.AddressBlocked or SmtpReplyCause.Protocol => Server(cause, step, settings),
            SmtpReplyCause.ContentBlocked or SmtpReplyCause.SenderAuthentication or SmtpReplyCause.MessageFormat => Content(cause, configuration, settings),
            _ => Unspecified(step, address, configuration, settings),
        };

        return error with { CanRetry = reply.IsTemporary || cause == SmtpReplyCause.Quota };
    }

    /// <summary>The server wants a sign-in (RFC 4954 section 6), or TLS (RFC 3207 section 4), before anything else.</summary>
    private OutgoingMailError SignInRequired(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "sign-in-required",
        Message = S["{0} requires a sign-in.", settings.Host],
        NextStep = settings.IsSecure
            ? S["Untick 'This server needs no sign-in', and enter Email Host Username and App Password."]
            : S["Untick 'This server needs no sign-in', and enter Email Host Username and App Password. If the server's reply mentions STARTTLS, set Use TLS to Yes."],
        Field = nameof(SmtpServerViewModel.NeedsNoSignIn),
    };

    /// <summary>The server wants a sign-in though there was one.</summary>
    private OutgoingMailError SignInNotAccepted(SmtpServerSettings settings) => Error(
        DeliveryStep.SignIn,
        "sign-in-required",
        S["{0} says that nobody is signed in, though the sign-in worked.", settings.Host],
        S["The account may not be allowed to send by SMTP. Ask the provider, and show it the server's reply."],
        nameof(SmtpServerViewModel.Username));

    /// <summary>Sending by SMTP is switched off for the account, so that no password is of use.</summary>
    internal OutgoingMailError SmtpAuthDisabled(SmtpServerSettings settings) => new()
    {
        Step = DeliveryStep.SignIn,
        Code = "smtp-auth-disabled",
        Message = S["Authenticated SMTP is switched off for this mailbox, or for all mailboxes of the organization."],
        NextStep = S["Create a server of the type Outlook instead, which signs in with Microsoft. Or have an administrator of Microsoft 365 allow 'Authenticated SMTP' for the mailbox. Another password doesn't help."],
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
        S["Try again later: limits per minute or hour end by themselves, daily ones within 24 hours. To send more, ask the provider for a higher limit, or send through another server."]);

    private OutgoingMailError SenderMailboxFull(DeliveryStep step, OutgoingMailConfiguration configuration) => Error(
        step,
        "sender-mailbox-full",
        S["The mailbox of {0} is full, so it can't send.", configuration.Username],
        S["Make room in the mailbox: often it is Sent Items. An administrator can raise its limit."]);

    private OutgoingMailError LocalDomain(SmtpReply reply, SmtpServerSettings settings) => Error(
        DeliveryStep.Connection,
        "ehlo-rejected",
        reply.IsTemporary
            ? S["{0} can't accept the name that this site gives itself (EHLO).", settings.Host]
            : S["{0} rejected the name that this site gives itself (EHLO).", settings.Host],
        S["Enter a fully qualified host name that exists in the DNS, such as mail.example.com, as EHLO name under Advanced. An operator can set it for all servers."],
        nameof(SmtpServerViewModel.LocalDomain));

    private OutgoingMailError Temporary(SmtpReplyCause cause, DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings)
    {
        var retry = cause switch
        {
            SmtpReplyCause.MailboxFull => S["Ask the recipient to make room, and try again tomorrow."],
            SmtpReplyCause.SenderAuthentication or SmtpReplyCause.SenderInvalid or SmtpReplyCause.SenderNotOwned => S["Try again in 15 minutes. If it stays so, check Default From Mail, and the DNS entries of its domain."],
            SmtpReplyCause.RecipientDomain or SmtpReplyCause.RecipientUnknown => S["Check the address. If it is right, try again in an hour: its domain may be out of order."],
            _ => S["Try again in 15 minutes. If it stays so, the server's reply tells more, and the provider can help."],
        };

        return Error(
            step,
            "temporary-failure",
            (cause, step) switch
            {
                (SmtpReplyCause.MailboxFull, _) => S["The mailbox of {0} is full.", address ?? ""],
                (_, DeliveryStep.Sender) => S["{0} can't accept email from {1} right now.", settings.Host, address ?? configuration.DefaultFrom],
                (_, DeliveryStep.Recipient) => S["{0} can't accept email for {1} right now.", settings.Host, address ?? ""],
                (_, DeliveryStep.Content) => S["{0} can't accept the message right now.", settings.Host],
                (_, DeliveryStep.Tls) => S["{0} can't start TLS right now. Nothing was sent unencrypted.", settings.Host],
                _ => S["{0} can't accept email right now.", settings.Host],
            },
            retry);
    }

    private OutgoingMailError TooLarge(SmtpServerSettings settings) => Error(
        DeliveryStep.Content,
        "too-large",
        S["The message is too large for {0}.", settings.Host],
        S["Send smaller attachments, or links to them. The provider's help says how large a message may be."]);

    private OutgoingMailError Sender(SmtpReplyCause cause, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => Error(
        DeliveryStep.Sender,
        "sender-refused",
        S["{0} rejected the sender {1}.", settings.Host, address ?? configuration.DefaultFrom],
        cause == SmtpReplyCause.SenderNotOwned
            ? S["{0} may not send as this address. Enter an address of the account as Default From Mail, or have the provider allow this one ('send as', or a verified sender).", configuration.Username]
            : S["The address or its domain doesn't exist, or receives no email. Enter an address with a domain that does as Default From Mail."],
        "DefaultFrom");

    private OutgoingMailError Recipient(SmtpReplyCause cause, string? address, SmtpServerSettings settings) => cause switch
    {
        SmtpReplyCause.MailboxFull => Error(
            DeliveryStep.Recipient, "mailbox-full", S["The mailbox of {0} is full.", address ?? S["a recipient"]], S["Ask the recipient to make room, and send the message again."]),
        SmtpReplyCause.TooManyRecipients => Error(
            DeliveryStep.Recipient, "too-many-recipients", S["The message has more recipients than {0} accepts.", settings.Host], S["Send it to fewer recipients at once."]),
        SmtpReplyCause.RecipientDomain => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["{0} rejected the recipient {1}: its domain doesn't exist or receives no email.", settings.Host, address ?? ""],
            S["Check what stands after the @ of the address."]),
        SmtpReplyCause.RecipientUnavailable => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["{0} rejected the recipient {1}: the mailbox accepts no email, or not this one.", settings.Host, address ?? ""],
            S["Reach the recipient in another way: the mailbox may be disabled or restricted. The server's reply tells more."]),
        _ => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["{0} rejected the recipient {1}: there is no such mailbox.", settings.Host, address ?? ""],
            S["Check the spelling of the address. If it is right, the mailbox may have been deleted."]),
    };

    private OutgoingMailError Server(SmtpReplyCause cause, DeliveryStep step, SmtpServerSettings settings) => cause switch
    {
        SmtpReplyCause.TlsRequired => Error(
            DeliveryStep.Tls, "tls-required", S["{0} accepts this over an encrypted connection only.", settings.Host], S["Set Use TLS to Yes (usually port 587), or Use SSL (usually port 465)."], nameof(SmtpServerViewModel.UseTls)),
        SmtpReplyCause.AccountBlocked => Error(
            DeliveryStep.SignIn, "account-blocked", S["{0} has blocked this account from sending.", settings.Host], S["Sign in to the provider's website, or ask the provider, to see why and to unblock the account."]),
        SmtpReplyCause.AddressBlocked => Error(
            step, "address-blocked", S["{0} blocks the network address of this site's server.", settings.Host], S["Ask the provider to unblock the address in its reply, or send through another server. An operator can tell which address this is."]),
        _ => Error(
            step, "protocol-error", S["{0} did not understand what this site sent.", settings.Host], S["Check Host and Port: this may not be a server for sending email. If it is, show the server's reply to the provider."], nameof(SmtpServerViewModel.Port)),
    };

    private OutgoingMailError Content(SmtpReplyCause cause, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => Error(
        DeliveryStep.Content,
        "content-refused",
        cause switch
        {
            SmtpReplyCause.SenderAuthentication => S["{0} rejected the message: it can't verify that it comes from the domain of {1}.", settings.Host, configuration.DefaultFrom],
            SmtpReplyCause.MessageFormat => S["{0} rejected the message: it isn't built as the server demands.", settings.Host],
            _ => S["{0} rejected the message because of its content.", settings.Host],
        },
        cause switch
        {
            SmtpReplyCause.SenderAuthentication => S["Set up SPF, DKIM and DMARC for this server in the DNS of the sender's domain. The provider's help lists the records."],
            SmtpReplyCause.MessageFormat => S["The server's reply says what it objects to. Show it to the developers of the module that created the message."],
            _ => S["The server's reply tells more: often an attachment of a blocked type, a link, or text that looks like spam. Change it, and send the message again."],
        });

    private OutgoingMailError Unspecified(DeliveryStep step, string? address, OutgoingMailConfiguration configuration, SmtpServerSettings settings) => step switch
    {
        DeliveryStep.Sender => Error(
            step,
            "sender-refused",
            S["{0} rejected the sender {1}.", settings.Host, address ?? configuration.DefaultFrom],
            S["Most servers accept only addresses that belong to the account. Enter one of those as Default From Mail, or have the provider allow this one."],
            "DefaultFrom"),
        DeliveryStep.Recipient => Error(
            step,
            "recipient-refused",
            S["{0} rejected the recipient {1}.", settings.Host, address ?? ""],
            settings.NeedsNoSignIn
                ? S["Check the address. If it is right, the server forwards email only after a sign-in: untick 'This server needs no sign-in'."]
                : S["Check the address. If it is right, the server's reply says why: the mailbox may be gone, or the server may not forward email to it."]),
        DeliveryStep.Content => Error(
            step,
            "content-refused",
            S["{0} rejected the message.", settings.Host],
            S["The server's reply says why: often the message looks like spam, or the sender's domain lacks SPF, DKIM or DMARC. The provider can help."]),
        _ => Error(step, "refused", S["{0} rejected the connection.", settings.Host], S["The server's reply may say why. The provider knows what it means."]),
    };
}
