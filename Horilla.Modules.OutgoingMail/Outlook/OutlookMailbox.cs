namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>How the Email Host Username relates to the account that signs in.</summary>
public enum OutlookMailbox
{
    /// <summary>It's the mailbox of that account.</summary>
    Own,

    /// <summary>It's another address of that account's mailbox.</summary>
    Alias,

    /// <summary>It's another mailbox that the account may send from, which requires an additional permission.</summary>
    Shared,
}
