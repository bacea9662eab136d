namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>A sign-in that was begun, and whose callback is awaited: a document that is used once.</summary>
public sealed class PendingSignIn
{
    /// <summary>The name of the secret that the verifier is.</summary>
    public const string Verifier = "Verifier";

    /// <summary>The id of the document.</summary>
    public long Id { get; set; }

    /// <summary>The hash of the state (RFC 6749 section 10.12).</summary>
    public string StateHash { get; set; } = "";

    /// <summary>The hash of what the browser that began it has as a cookie.</summary>
    public string BrowserHash { get; set; } = "";

    /// <summary>The id of the user who began it.</summary>
    public string UserId { get; set; } = "";

    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>What the sign-in was begun for: see <see cref="OutlookTokens.BindingOf"/>.</summary>
    public string Binding { get; set; } = "";

    /// <summary>The code verifier (RFC 7636) as a protected payload.</summary>
    public string ProtectedVerifier { get; set; } = "";

    /// <summary>The other account that was confirmed for the Email Host Username; empty for none.</summary>
    public string ConfirmedAccount { get; set; } = "";

    /// <summary>What the Email Host Username is to the confirmed account.</summary>
    public OutlookMailbox Mailbox { get; set; }

    /// <summary>When it ends, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }
}
