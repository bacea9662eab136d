using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Finds the last delivery of a configuration, and the servers that are failing.</summary>
public sealed class LastDeliveryIndex : MapIndex
{
    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>The status of the server: the name of a <see cref="ServerStatus"/>.</summary>
    public string Status { get; set; } = "";
}
