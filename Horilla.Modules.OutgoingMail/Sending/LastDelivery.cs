namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>How a configuration last went: a document of its own, so that sending never touches the configuration.</summary>
public sealed class LastDelivery
{
    /// <summary>The id of the document.</summary>
    public long Id { get; set; }

    /// <summary>The id of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>When the attempt ended, in UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>What came of it.</summary>
    public OutgoingMailResult? Result { get; set; }
}
