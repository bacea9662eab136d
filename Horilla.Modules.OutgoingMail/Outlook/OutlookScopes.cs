namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The delegated permissions of Microsoft Graph that a configuration needs. MSAL adds offline_access by itself.</summary>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/permissions-reference, and https://learn.microsoft.com/graph/sdks/national-clouds
/// for their short names, which are those of every cloud.
/// </remarks>
public static class OutlookScopes
{
    /// <summary>What large mails take beside the others.</summary>
    public const string LargeMails = "Mail.ReadWrite";

    /// <summary>What is asked for at the sign-in, or for a mail.</summary>
    /// <param name="mailbox">What the Email Host Username is to the account.</param>
    /// <param name="largeMails">Whether large mails are to go too: what they take must not keep the others from going.</param>
    public static IReadOnlyList<string> For(OutlookMailbox mailbox, bool largeMails)
    {
        List<string> scopes = ["Mail.Send", "User.Read"];

        if (mailbox == OutlookMailbox.Shared)
        {
            scopes.Add("Mail.Send.Shared");
        }

        if (largeMails)
        {
            scopes.Add(LargeMails);
        }

        return scopes;
    }
}
