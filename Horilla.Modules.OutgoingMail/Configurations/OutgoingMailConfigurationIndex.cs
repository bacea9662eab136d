using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>What configurations are found, searched and sorted by.</summary>
public sealed class OutgoingMailConfigurationIndex : MapIndex
{
    /// <summary>The longest text that is searched.</summary>
    public const int SearchTextLength = 1200;

    /// <summary>The id to the outside.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>What the list shows first, in lower case.</summary>
    public string Title { get; set; } = "";

    /// <summary>The name to sign in with, in lower case.</summary>
    public string Username { get; set; } = "";

    /// <summary>The domain that mails come from, in lower case and its ASCII form.</summary>
    public string FromDomain { get; set; } = "";

    /// <summary>The technical name of the type.</summary>
    public string Type { get; set; } = "";

    /// <summary>All that the search looks at, in lower case.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>When it was created, in UTC.</summary>
    public DateTime CreatedUtc { get; set; }
}
