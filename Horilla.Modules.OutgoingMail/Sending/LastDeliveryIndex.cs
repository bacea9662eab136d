using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Finds how a configuration last went.</summary>
public sealed class LastDeliveryIndex : MapIndex
{
    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";
}
