using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>What a pending sign-in is found by.</summary>
public sealed class PendingSignInIndex : MapIndex
{
    /// <summary>The hash of the state.</summary>
    public string StateHash { get; set; } = "";

    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>When it ends, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }
}
