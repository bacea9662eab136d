namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>What the Email Host Username is to the account that signs in.</summary>
public enum OutlookMailbox
{
    /// <summary>The mailbox of that account.</summary>
    Own,

    /// <summary>Another address of that account's mailbox.</summary>
    Alias,

    /// <summary>A mailbox of others that the account may send for, which takes a permission of its own.</summary>
    Shared,
}
