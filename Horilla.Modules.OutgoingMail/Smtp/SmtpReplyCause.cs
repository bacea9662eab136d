namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Why a server didn't accept a message, according to its reply.</summary>
internal enum SmtpReplyCause
{
    /// <summary>The reply gives no cause.</summary>
    Unspecified,

    /// <summary>The message is larger than the server accepts.</summary>
    TooLarge,

    /// <summary>The recipient's mailbox is full.</summary>
    MailboxFull,

    /// <summary>The sending account's own mailbox is full.</summary>
    SenderMailboxFull,

    /// <summary>The recipient doesn't exist.</summary>
    RecipientUnknown,

    /// <summary>The recipient's domain doesn't exist or doesn't receive email.</summary>
    RecipientDomain,

    /// <summary>The recipient exists, but doesn't accept email or doesn't accept this message.</summary>
    RecipientUnavailable,

    /// <summary>The message has more recipients than the server accepts.</summary>
    TooManyRecipients,

    /// <summary>The account isn't allowed to send from this address.</summary>
    SendAsDenied,

    /// <summary>The sender's address or domain isn't valid, or doesn't exist.</summary>
    SenderInvalid,

    /// <summary>The server relays email only after a sign-in.</summary>
    SignInRequired,

    /// <summary>The server accepts this only over TLS.</summary>
    TlsRequired,

    /// <summary>SMTP AUTH is turned off for the account.</summary>
    SmtpAuthDisabled,

    /// <summary>The account is blocked or disabled.</summary>
    AccountBlocked,

    /// <summary>The account or server has reached a sending limit.</summary>
    Quota,

    /// <summary>The server is busy or has a temporary problem.</summary>
    ServerBusy,

    /// <summary>The server doesn't accept the name in EHLO.</summary>
    LocalDomain,

    /// <summary>The message looks like spam, or has content that the server blocks.</summary>
    ContentBlocked,

    /// <summary>SPF, DKIM, DMARC or reverse DNS of the sender failed.</summary>
    SenderAuthentication,

    /// <summary>The server blocks this machine's IP address.</summary>
    IpAddressBlocked,

    /// <summary>The server doesn't accept the format of the message.</summary>
    MessageFormat,

    /// <summary>A protocol error between the server and this client.</summary>
    Protocol,
}
