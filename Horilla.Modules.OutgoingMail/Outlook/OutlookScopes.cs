namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The delegated permissions of Microsoft Graph that a configuration needs. MSAL adds offline_access automatically.</summary>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/permissions-reference, and https://learn.microsoft.com/graph/sdks/national-clouds
/// for their short names, which are those of every cloud.
/// </remarks>
public static class OutlookScopes
{
    /// <summary>The additional permission for large messages.</summary>
    public const string LargeMails = "Mail.ReadWrite";

    /// <summary>Returns the permissions to request when signing in or sending a message.</summary>
    /// <param name="mailbox">How the Email Host Username relates to the account.</param>
    /// <param name="largeMails">Whether to include the permission for large messages. Other messages don't request it, so that they can be sent without it.</param>
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
