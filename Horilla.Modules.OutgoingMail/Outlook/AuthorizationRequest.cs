using System.Text.Json.Serialization;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>An authorization request (RFC 6749 section 4.1.1) that is waiting for its callback. It's used once.</summary>
/// <remarks>Documents and the table of their index keep an earlier name.</remarks>
[SimplifiedTypeName("Horilla.Modules.OutgoingMail.Outlook.PendingSignIn, Horilla.Modules.OutgoingMail")]
public sealed class AuthorizationRequest
{
    /// <summary>The field name that the verifier is protected with.</summary>
    public const string Verifier = "Verifier";

    /// <summary>How long a request waits for its callback.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

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

    /// <summary>What the sign-in was started for: see <see cref="OutlookSignIn.GetTokenKey"/>.</summary>
    [JsonPropertyName("Binding")]
    public string TokenKey { get; set; } = "";

    /// <summary>The code verifier (RFC 7636) as a protected payload.</summary>
    public string ProtectedVerifier { get; set; } = "";

    /// <summary>The other account that was confirmed for the Email Host Username, or an empty string if there is none.</summary>
    public string ConfirmedAccount { get; set; } = "";

    /// <summary>How the Email Host Username relates to the confirmed account.</summary>
    public OutlookMailbox Mailbox { get; set; }

    /// <summary>When it expires, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }
}
