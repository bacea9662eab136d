namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Why a server did not accept a message, as far as its reply tells.</summary>
internal enum SmtpReplyCause
{
    /// <summary>The reply says no more than that the command was not accepted.</summary>
    Unspecified,

    /// <summary>The message is larger than the server accepts.</summary>
    TooLarge,

    /// <summary>The recipient's mailbox is full.</summary>
    MailboxFull,

    /// <summary>The sending account's own mailbox is full.</summary>
    SenderMailboxFull,

    /// <summary>There is no such recipient.</summary>
    RecipientUnknown,

    /// <summary>The recipient's domain does not exist or receives no email.</summary>
    RecipientDomain,

    /// <summary>The recipient exists, and does not accept email or not this one.</summary>
    RecipientUnavailable,

    /// <summary>The message has more recipients than the server accepts.</summary>
    TooManyRecipients,

    /// <summary>The account may not send with this sender address.</summary>
    SenderNotOwned,

    /// <summary>The sender's address or domain is not one that email can come from.</summary>
    SenderInvalid,

    /// <summary>The server passes email on only for those who sign in.</summary>
    SignInRequired,

    /// <summary>The server accepts this only over TLS.</summary>
    TlsRequired,

    /// <summary>Sending by SMTP is switched off for the account.</summary>
    SmtpAuthDisabled,

    /// <summary>The account is blocked or disabled.</summary>
    AccountBlocked,

    /// <summary>The account or server has sent as much as it may for a while.</summary>
    Quota,

    /// <summary>The server is busy or out of order.</summary>
    ServerBusy,

    /// <summary>The server does not accept the name in EHLO.</summary>
    LocalDomain,

    /// <summary>The message looks like spam, or has content that the server blocks.</summary>
    ContentBlocked,

    /// <summary>SPF, DKIM, DMARC or reverse DNS of the sender failed.</summary>
    SenderAuthentication,

    /// <summary>The server blocks this machine's address.</summary>
    AddressBlocked,

    /// <summary>The message is not built as the server demands.</summary>
    MessageFormat,

    /// <summary>The server and this client do not understand each other.</summary>
    Protocol,
}
