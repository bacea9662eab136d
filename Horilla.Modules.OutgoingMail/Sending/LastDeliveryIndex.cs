using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Finds the last delivery of a configuration, and the deliveries that failed.</summary>
public sealed class LastDeliveryIndex : MapIndex
{
    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>The status: the name of an <see cref="OutgoingMailStatus"/>.</summary>
    public string Status { get; set; } = "";
}
