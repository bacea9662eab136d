namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>A sign-in that was started and is waiting for its callback. It's used once.</summary>
public sealed class PendingSignIn
{
    /// <summary>The field name that the verifier is protected with.</summary>
    public const string Verifier = "Verifier";

    /// <summary>The ID of the document.</summary>
    public long Id { get; set; }

    /// <summary>The hash of the state (RFC 6749 section 10.12).</summary>
    public string StateHash { get; set; } = "";

    /// <summary>The hash of the cookie in the browser that started it.</summary>
    public string BrowserHash { get; set; } = "";

    /// <summary>The ID of the user who started it.</summary>
    public string UserId { get; set; } = "";

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>What the sign-in was started for: see <see cref="OutlookTokenProvider.GetTokenKey"/>.</summary>
    public string Binding { get; set; } = "";

    /// <summary>The code verifier (RFC 7636) as a protected payload.</summary>
    public string ProtectedVerifier { get; set; } = "";

    /// <summary>The other account that was confirmed for the Email Host Username, or an empty string if there is none.</summary>
    public string ConfirmedAccount { get; set; } = "";

    /// <summary>How the Email Host Username relates to the confirmed account.</summary>
    public OutlookMailbox Mailbox { get; set; }

    /// <summary>When it expires, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }
}
