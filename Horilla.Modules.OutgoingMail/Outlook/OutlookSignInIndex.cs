using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>What a sign-in is found by.</summary>
public sealed class OutlookSignInIndex : MapIndex
{
    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";
}
