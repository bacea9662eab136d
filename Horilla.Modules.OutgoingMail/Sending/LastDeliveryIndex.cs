using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Finds how a configuration last went, and which ones failed.</summary>
public sealed class LastDeliveryIndex : MapIndex
{
    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>What came of it: the name of an <see cref="OutgoingMailStatus"/>.</summary>
    public string Status { get; set; } = "";
}
