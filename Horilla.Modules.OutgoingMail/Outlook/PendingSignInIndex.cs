using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Finds authorization requests by state and by expiration. The table is named after this class.</summary>
public sealed class PendingSignInIndex : MapIndex
{
    /// <summary>The hash of the state.</summary>
    public string StateHash { get; set; } = "";

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>When it expires, in UTC.</summary>
    public DateTime ExpiresUtc { get; set; }
}
