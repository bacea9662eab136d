using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Finds the cause of a reply, from the enhanced codes of RFC 3463 and of the registry that RFC 5248 established, and from
/// what large providers document. The enhanced code decides, then the text if the enhanced code is too general, then the
/// basic code.
/// </summary>
/// <remarks>
/// Sources: https://www.iana.org/assignments/smtp-enhanced-status-codes, https://support.google.com/a/answer/3726730,
/// https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online,
/// https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html, https://senders.yahooinc.com/smtp-error-codes,
/// https://www.postfix.org/postconf.5.html.
/// </remarks>
internal static partial class SmtpReplyClassifier
{
    /// <summary>The causes of enhanced codes of class 4 and 5, by the code without its class.</summary>
    private static readonly FrozenDictionary<string, SmtpReplyCause> EnhancedCodeCauses = new Dictionary<string, SmtpReplyCause>
    {
        // Addresses: RFC 3463 section 3.2, RFC 7505.
        ["1.1"] = SmtpReplyCause.RecipientUnknown,
        ["1.2"] = SmtpReplyCause.RecipientDomain,
        ["1.3"] = SmtpReplyCause.RecipientUnknown,
        ["1.4"] = SmtpReplyCause.RecipientUnknown,
        ["1.6"] = SmtpReplyCause.RecipientUnknown,
        ["1.7"] = SmtpReplyCause.SenderInvalid,
        ["1.8"] = SmtpReplyCause.SenderInvalid,
        ["1.9"] = SmtpReplyCause.RecipientDomain,
        ["1.10"] = SmtpReplyCause.RecipientUnknown,

        // Mailboxes: section 3.3.
        ["2.1"] = SmtpReplyCause.RecipientUnavailable,
        ["2.2"] = SmtpReplyCause.MailboxFull,
        ["2.3"] = SmtpReplyCause.TooLarge,
        ["2.4"] = SmtpReplyCause.RecipientUnavailable,

        // Mail systems: section 3.4.
        ["3.0"] = SmtpReplyCause.ServerBusy,
        ["3.1"] = SmtpReplyCause.ServerBusy,
        ["3.2"] = SmtpReplyCause.ServerBusy,
        ["3.3"] = SmtpReplyCause.Protocol,
        ["3.4"] = SmtpReplyCause.TooLarge,
        ["3.5"] = SmtpReplyCause.ServerBusy,

        // Networks and routing: section 3.5.
        ["4.0"] = SmtpReplyCause.ServerBusy,
        ["4.1"] = SmtpReplyCause.RecipientDomain,
        ["4.2"] = SmtpReplyCause.ServerBusy,
        ["4.3"] = SmtpReplyCause.ServerBusy,
        ["4.4"] = SmtpReplyCause.RecipientDomain,
        ["4.5"] = SmtpReplyCause.Quota,
        ["4.6"] = SmtpReplyCause.ServerBusy,
        ["4.7"] = SmtpReplyCause.ServerBusy,

        // Protocol: section 3.6, RFC 4954.
        ["5.0"] = SmtpReplyCause.Protocol,
        ["5.1"] = SmtpReplyCause.Protocol,
        ["5.2"] = SmtpReplyCause.Protocol,
        ["5.3"] = SmtpReplyCause.TooManyRecipients,
        ["5.4"] = SmtpReplyCause.Protocol,
        ["5.5"] = SmtpReplyCause.Protocol,
        ["5.6"] = SmtpReplyCause.Protocol,

        // Content: section 3.7, RFC 6531.
        ["6.0"] = SmtpReplyCause.MessageFormat,
        ["6.1"] = SmtpReplyCause.MessageFormat,
        ["6.2"] = SmtpReplyCause.MessageFormat,
        ["6.3"] = SmtpReplyCause.MessageFormat,
        ["6.4"] = SmtpReplyCause.MessageFormat,
        ["6.5"] = SmtpReplyCause.MessageFormat,
        ["6.6"] = SmtpReplyCause.MessageFormat,
        ["6.7"] = SmtpReplyCause.MessageFormat,
        ["6.8"] = SmtpReplyCause.MessageFormat,
        ["6.9"] = SmtpReplyCause.MessageFormat,

        // Security and policy: section 3.8, RFC 4954, RFC 7372, RFC 7505, RFC 8689 and the registry.
        ["7.2"] = SmtpReplyCause.RecipientUnavailable,
        ["7.5"] = SmtpReplyCause.MessageFormat,
        ["7.6"] = SmtpReplyCause.MessageFormat,
        ["7.7"] = SmtpReplyCause.MessageFormat,
        ["7.8"] = SmtpReplyCause.SignInRequired,
        ["7.10"] = SmtpReplyCause.TlsRequired,
        ["7.11"] = SmtpReplyCause.TlsRequired,
        ["7.13"] = SmtpReplyCause.AccountBlocked,
        ["7.15"] = SmtpReplyCause.ServerBusy,
        ["7.16"] = SmtpReplyCause.TooLarge,
        ["7.17"] = SmtpReplyCause.RecipientUnavailable,
        ["7.18"] = SmtpReplyCause.RecipientUnavailable,
        ["7.20"] = SmtpReplyCause.SenderAuthentication,
        ["7.21"] = SmtpReplyCause.SenderAuthentication,
        ["7.22"] = SmtpReplyCause.SenderAuthentication,
        ["7.23"] = SmtpReplyCause.SenderAuthentication,
        ["7.24"] = SmtpReplyCause.SenderAuthentication,
        ["7.25"] = SmtpReplyCause.SenderAuthentication,
        ["7.26"] = SmtpReplyCause.SenderAuthentication,
        ["7.27"] = SmtpReplyCause.SenderInvalid,
        ["7.28"] = SmtpReplyCause.Quota,
        ["7.29"] = SmtpReplyCause.SenderAuthentication,
        ["7.30"] = SmtpReplyCause.TlsRequired,

        // Google. FromEnhancedCode has its codes that mean something else in the registry.
        ["7.32"] = SmtpReplyCause.SenderAuthentication,
        ["7.40"] = SmtpReplyCause.SenderAuthentication,

        // Exchange Online and Exchange Server.
        ["1.20"] = SmtpReplyCause.MessageFormat,
        ["1.90"] = SmtpReplyCause.Quota,
        ["2.121"] = SmtpReplyCause.RecipientUnavailable,
        ["2.122"] = SmtpReplyCause.RecipientUnavailable,
        ["2.252"] = SmtpReplyCause.SendAsDenied,
        ["7.12"] = SmtpReplyCause.RecipientUnavailable,
        ["7.57"] = SmtpReplyCause.SignInRequired,
        ["7.60"] = SmtpReplyCause.SendAsDenied,
        ["7.64"] = SmtpReplyCause.IpAddressBlocked,
        ["7.124"] = SmtpReplyCause.RecipientUnavailable,
        ["7.133"] = SmtpReplyCause.RecipientUnavailable,
        ["7.134"] = SmtpReplyCause.RecipientUnavailable,
        ["7.135"] = SmtpReplyCause.RecipientUnavailable,
        ["7.136"] = SmtpReplyCause.RecipientUnavailable,
        ["7.139"] = SmtpReplyCause.SmtpAuthDisabled,
        ["7.193"] = SmtpReplyCause.RecipientUnavailable,
        ["7.501"] = SmtpReplyCause.AccountBlocked,
        ["7.502"] = SmtpReplyCause.AccountBlocked,
        ["7.503"] = SmtpReplyCause.AccountBlocked,
        ["7.504"] = SmtpReplyCause.RecipientUnavailable,
        ["7.505"] = SmtpReplyCause.RecipientUnavailable,
        ["7.506"] = SmtpReplyCause.LocalDomain,
        ["7.508"] = SmtpReplyCause.Quota,
        ["7.509"] = SmtpReplyCause.SenderAuthentication,
        ["7.511"] = SmtpReplyCause.IpAddressBlocked,
        ["7.515"] = SmtpReplyCause.SenderAuthentication,
        ["7.606"] = SmtpReplyCause.IpAddressBlocked,
        ["7.703"] = SmtpReplyCause.RecipientUnavailable,
        ["7.705"] = SmtpReplyCause.Quota,
        ["7.708"] = SmtpReplyCause.IpAddressBlocked,
        ["7.750"] = SmtpReplyCause.SendAsDenied,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Texts of replies whose codes are too general or misleading. The first match decides.</summary>
    private static readonly (string Text, SmtpReplyCause Cause)[] TextCauses =
    [
        // The EHLO name: Postfix rejects it at RCPT; Gmail, Exchange, Exim and Stalwart at EHLO.
        ("Helo command rejected", SmtpReplyCause.LocalDomain),
        ("EHLO argument", SmtpReplyCause.LocalDomain),
        ("Invalid EHLO domain", SmtpReplyCause.LocalDomain),

        // Sender addresses of other accounts: Postfix, Exim, Exchange Online, SES, iCloud, Fastmail, Zoho, SendGrid, SMTP2GO, Yahoo, IONOS, Stalwart.
        ("not owned by", SmtpReplyCause.SendAsDenied),
        ("SendAsDenied", SmtpReplyCause.SendAsDenied),
        ("Email address is not verified", SmtpReplyCause.SendAsDenied),
        ("sender domain not verified", SmtpReplyCause.SendAsDenied),
        ("not authorized to perform", SmtpReplyCause.SendAsDenied),
        ("not one of your addresses", SmtpReplyCause.SendAsDenied),
        ("to send from this header address", SmtpReplyCause.SendAsDenied),
        ("Relaying disallowed as", SmtpReplyCause.SendAsDenied),
        ("verified Sender Identity", SmtpReplyCause.SendAsDenied),
        ("Request failed; Mailbox unavailable", SmtpReplyCause.SendAsDenied),
        ("Sender address is not allowed", SmtpReplyCause.SendAsDenied),
        ("not allowed to send from this address", SmtpReplyCause.SendAsDenied),

        // Blocked accounts: Exchange Online, Zoho.
        ("bad outbound sender", SmtpReplyCause.AccountBlocked),
        ("OutboundSpamException", SmtpReplyCause.AccountBlocked),
        ("Sender Address Blocked", SmtpReplyCause.AccountBlocked),

        // Limits: SES, Exchange Online, SendGrid, IONOS, Zoho, Plesk, cPanel, Gmail, Postfix.
        ("Throttling failure", SmtpReplyCause.Quota),
        ("Submission quota exceeded", SmtpReplyCause.Quota),
        ("SubmissionQuotaExceeded", SmtpReplyCause.Quota),
        ("submission rate for this client", SmtpReplyCause.Quota),
        ("Maximum credits exceeded", SmtpReplyCause.Quota),
        ("send limit exceeded", SmtpReplyCause.Quota),
        ("sending limit exceeded", SmtpReplyCause.Quota),
        ("Unusual sending activity", SmtpReplyCause.Quota),
        ("outgoing messages was exceeded", SmtpReplyCause.Quota),
        ("max emails per hour", SmtpReplyCause.Quota),
        ("max defers and failures per hour", SmtpReplyCause.Quota),
        ("rate limited", SmtpReplyCause.Quota),
        ("Rate limit", SmtpReplyCause.Quota),
        ("too much mail", SmtpReplyCause.Quota),

        // Exchange Online can't save the message in Sent Items.
        ("STOREDRV.Submission.Exception:QuotaExceeded", SmtpReplyCause.SenderMailboxFull),
        ("Greylist", SmtpReplyCause.ServerBusy),

        ("Must issue a STARTTLS", SmtpReplyCause.TlsRequired),
        ("not logged in", SmtpReplyCause.SignInRequired),
        ("authenticate first", SmtpReplyCause.SignInRequired),
        ("Sender address rejected: Access denied", SmtpReplyCause.SendAsDenied),
        ("Sender address rejected", SmtpReplyCause.SenderInvalid),
        ("Sender verify failed", SmtpReplyCause.SenderInvalid),

        // Block lists of IP addresses: Postfix, Exchange, Outlook.com.
        ("blocked using", SmtpReplyCause.IpAddressBlocked),
        ("Client host rejected", SmtpReplyCause.IpAddressBlocked),
        ("on our block list", SmtpReplyCause.IpAddressBlocked),

        ("Relay access denied", SmtpReplyCause.SignInRequired),
        ("Relaying denied", SmtpReplyCause.SignInRequired),
        ("Relay not permitted", SmtpReplyCause.SignInRequired),
        ("Relay not allowed", SmtpReplyCause.SignInRequired),
        ("Unable to relay", SmtpReplyCause.SignInRequired),

        ("bare <LF>", SmtpReplyCause.MessageFormat),
        ("bare LF", SmtpReplyCause.MessageFormat),
        ("RFC 5322", SmtpReplyCause.MessageFormat),
        ("DMARC", SmtpReplyCause.SenderAuthentication),
    ];

    /// <summary>Words about the content of a message. Those within host names and addresses don't count.</summary>
    [GeneratedRegex(@"(?<![\w.@-])(virus|unsolicited|spam)(?![\w@-]|\.\w)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContentWords();

    /// <summary>Returns why the server didn't accept a command.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="step">The step that it replied to.</param>
    public static SmtpReplyCause Classify(SmtpReply reply, DeliveryStep step)
    {
        var codeCause = reply.SubjectAndDetail is { } detail ? FromEnhancedCode(reply.Code, detail, step) : FromCode(reply.Code, step);

        // A specific enhanced code takes precedence over the text.
        return (reply.SubjectAndDetail is null || !IsSpecific(codeCause)) && FromText(reply.Text, step) is { } textCause ? textCause : codeCause;
    }

    private static SmtpReplyCause? FromText(string text, DeliveryStep step)
    {
        if (Array.Find(TextCauses, known => text.Contains(known.Text, StringComparison.OrdinalIgnoreCase)) is { Text: not null, Cause: var cause })
        {
            return cause;
        }

        // Exim says this about the EHLO name, other servers about a recipient.
        return step == DeliveryStep.Connection && text.Contains("Invalid domain name", StringComparison.OrdinalIgnoreCase)
            ? SmtpReplyCause.LocalDomain
            : ContentWords().IsMatch(text) ? SmtpReplyCause.ContentBlocked : null;
    }

    private static bool IsSpecific(SmtpReplyCause cause)
        => cause is SmtpReplyCause.TooLarge or SmtpReplyCause.RecipientUnknown or SmtpReplyCause.SendAsDenied or SmtpReplyCause.SmtpAuthDisabled or SmtpReplyCause.AccountBlocked or SmtpReplyCause.IpAddressBlocked;

    private static SmtpReplyCause FromCode(int code, DeliveryStep step) => code switch
    {
        // RFC 5321 section 4.2.3, RFC 1870. For a recipient it means that the mailbox is full.
        552 => step == DeliveryStep.Recipient ? SmtpReplyCause.MailboxFull : SmtpReplyCause.TooLarge,
        >= 400 and < 500 => SmtpReplyCause.ServerBusy,
        523 => SmtpReplyCause.TooLarge,
        530 => SmtpReplyCause.SignInRequired,
        538 => SmtpReplyCause.TlsRequired,
        500 or 501 or 502 or 503 or 504 or 555 => SmtpReplyCause.Protocol,
        556 => SmtpReplyCause.RecipientDomain,
        _ => SmtpReplyCause.Unspecified,
    };

    /// <summary>Returns the cause of an enhanced code. The basic code and the step can change its meaning.</summary>
    private static SmtpReplyCause FromEnhancedCode(int code, string detail, DeliveryStep step) => (code, detail, step) switch
    {
        // Google and Microsoft throttle senders with these.
        (421, _, _) when detail.StartsWith("7.", StringComparison.Ordinal) => SmtpReplyCause.Quota,
        (421, "4.5", _) => SmtpReplyCause.ServerBusy,

        // In reply to STARTTLS, Postfix means that its TLS isn't available.
        (454, "7.0", not DeliveryStep.Tls) => SmtpReplyCause.Quota,

        // In reply to MAIL there is no recipient yet.
        (_, "1.0" or "1.1" or "1.2" or "1.3" or "1.4" or "1.6" or "1.10", DeliveryStep.Sender) => SmtpReplyCause.SenderInvalid,

        // Gmail blocks attachments with this.
        (552, "7.0", _) => SmtpReplyCause.ContentBlocked,
        (530, "7.0" or "7.1", _) => SmtpReplyCause.SignInRequired,

        // Gmail: SPF and DKIM. In the registry: a sender whose domain receives no email, and REQUIRETLS.
        (_, "7.27" or "7.30", DeliveryStep.Data) => SmtpReplyCause.SenderAuthentication,

        // Zoho blocks an account that sends too much. In the registry: a routing loop.
        (550, "4.6", _) => SmtpReplyCause.Quota,

        // No such recipient: Exchange Online for the domains that it hosts, and Outlook.com.
        (550, "4.1", DeliveryStep.Recipient) or (550, "5.0", DeliveryStep.Recipient) => SmtpReplyCause.RecipientUnknown,
        (556, "1.10", _) => SmtpReplyCause.RecipientDomain,
        ( >= 400 and < 500, "5.0" or "5.1" or "5.2" or "5.4", _) => SmtpReplyCause.ServerBusy,
        _ => EnhancedCodeCauses.GetValueOrDefault(detail, code is >= 400 and < 500 ? SmtpReplyCause.ServerBusy : SmtpReplyCause.Unspecified),
    };
}
