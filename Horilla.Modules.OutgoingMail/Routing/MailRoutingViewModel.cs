namespace Horilla.Modules.OutgoingMail.Routing;

/// <summary>The page that chooses a server for each category.</summary>
public sealed class MailRoutingViewModel
{
    /// <summary>The categories, with their labels and the IDs of their servers; an empty ID for the usual rules.</summary>
    public IList<MailRoute> Routes { get; set; } = [];

    /// <summary>The titles of the servers, by ID.</summary>
    public IReadOnlyDictionary<string, string> Servers { get; set; } = new Dictionary<string, string>();
}
