using System.Text.Json.Serialization;
using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// The account that is signed in for a configuration, with its protected tokens. A separate document, so that token refreshes
/// and edits never overwrite each other.
/// </summary>
public sealed class OutlookSignIn
{
    /// <summary>The field name that the tokens are protected with.</summary>
    public const string Tokens = "Tokens";

    /// <summary>The ID of the document.</summary>
    public long Id { get; set; }

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>What the tokens were issued for: client, authority and user name. If these change, the tokens can't be used.</summary>
    [JsonPropertyName("Binding")]
    public string TokenKey { get; set; } = "";

    /// <summary>MSAL's token cache as a protected payload.</summary>
    public string ProtectedTokens { get; set; } = "";

    /// <summary>MSAL's ID of the account.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>The name of the account that signed in.</summary>
    public string AccountName { get; set; } = "";

    /// <summary>How the Email Host Username relates to that account.</summary>
    public OutlookMailbox Mailbox { get; set; }

    /// <summary>The permissions of the access token, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>When the tokens were last refreshed, in UTC.</summary>
    public DateTime RefreshedUtc { get; set; }

    /// <summary>When the access token expires, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }

    /// <summary>When Microsoft recommends a refresh of the access token, in UTC, or null if it doesn't say.</summary>
    public DateTime? RefreshOnUtc { get; set; }

    /// <summary>Why the last refresh failed, or null if it succeeded.</summary>
    public OutgoingMailError? Problem { get; set; }

    /// <summary>Whether only a new sign-in can help.</summary>
    public bool NeedsSignIn { get; set; }

    /// <summary>Whether messages can be sent with this sign-in.</summary>
    [JsonIgnore]
    public bool IsUsable => !NeedsSignIn && ProtectedTokens.Length > 0;

    /// <summary>Returns what the tokens of a configuration are issued for.</summary>
    public static string GetTokenKey(OutgoingMailConfiguration configuration)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        return string.Join('\n', settings.ClientId, settings.TenantId, settings.Authority?.AbsoluteUri, configuration.Username).ToLowerInvariant();
    }

    /// <summary>Whether the tokens were issued for the current settings of a configuration.</summary>
    public bool IsFor(OutgoingMailConfiguration configuration) => TokenKey == GetTokenKey(configuration);
}
