namespace Horilla.Modules.OutgoingMail.Routing;

/// <summary>The servers that categories of messages are sent through: a setting of the tenant.</summary>
public sealed class MailRoutingSettings
{
    /// <summary>The ID of the configuration for each category, by the name of the category in lower case.</summary>
    public Dictionary<string, string> Servers { get; set; } = [];
}
