using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Who is signed in for a configuration, with the protected tokens: a document of its own, so that a refresh never
/// overwrites an edit, nor an edit a refresh.
/// </summary>
public sealed class OutlookSignIn
{
    /// <summary>The name of the secret that the tokens are.</summary>
    public const string Tokens = "Tokens";

    /// <summary>The id of the document.</summary>
    public long Id { get; set; }

    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>What the tokens are for: client, authority and user name. Other tokens are of no use.</summary>
    public string Binding { get; set; } = "";

    /// <summary>The token cache of MSAL as a protected payload.</summary>
    public string ProtectedTokens { get; set; } = "";

    /// <summary>MSAL's id of the account.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>The name of the account: whom the browser signed in.</summary>
    public string AccountName { get; set; } = "";

    /// <summary>What the Email Host Username is to that account.</summary>
    public OutlookMailbox Mailbox { get; set; }

    /// <summary>The permissions that the access token has, separated by blanks.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>When the tokens were last refreshed, in UTC.</summary>
    public DateTime RefreshedUtc { get; set; }

    /// <summary>Until when the access token lasts, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }

    /// <summary>From when on Microsoft would like it refreshed, in UTC; null for no wish.</summary>
    public DateTime? RefreshOnUtc { get; set; }

    /// <summary>Why the last refresh failed; null where it did not.</summary>
    public OutgoingMailError? Problem { get; set; }

    /// <summary>Whether nothing but a new sign-in helps.</summary>
    public bool NeedsSignIn { get; set; }

    /// <summary>Whether mails can be sent with it.</summary>
    [JsonIgnore]
    public bool IsUsable => !NeedsSignIn && ProtectedTokens.Length > 0;
}
