namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>The last delivery of a configuration. A separate document, so that sending never changes the configuration.</summary>
public sealed class LastDelivery
{
    /// <summary>The ID of the document.</summary>
    public long Id { get; set; }

    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>When the attempt ended, in UTC.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The result.</summary>
    public OutgoingMailResult? Result { get; set; }
}
