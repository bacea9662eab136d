using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Finds pending sign-ins by state and by expiration.</summary>
public sealed class PendingSignInIndex : MapIndex
{
    /// <summary>The hash of the state.</summary>
    public string StateHash { get; set; } = "";

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>When it expires, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }
}
