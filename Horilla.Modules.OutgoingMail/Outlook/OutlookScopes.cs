namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The delegated permissions of Microsoft Graph that a configuration needs. MSAL adds offline_access by itself.</summary>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/permissions-reference, and https://learn.microsoft.com/graph/sdks/national-clouds
/// for their short names, which are those of every cloud.
/// </remarks>
public static class OutlookScopes
{
    /// <summary>What is asked for at the sign-in and with each refresh.</summary>
    public static IReadOnlyList<string> For(OutlookServerSettings settings, OutlookMailbox mailbox)
    {
        List<string> scopes = ["Mail.Send", "User.Read"];

        if (mailbox == OutlookMailbox.Shared)
        {
            scopes.Add("Mail.Send.Shared");
        }

        if (settings.SendsLargeMails)
        {
            scopes.Add("Mail.ReadWrite");
        }

        return scopes;
    }
}
