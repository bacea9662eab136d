using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Finds the sign-in of a configuration.</summary>
public sealed class OutlookSignInIndex : MapIndex
{
    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";
}
