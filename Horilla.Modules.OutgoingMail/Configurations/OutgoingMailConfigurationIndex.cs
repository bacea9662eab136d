using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>The index that configurations are found, searched and sorted by.</summary>
public sealed class OutgoingMailConfigurationIndex : MapIndex
{
    /// <summary>The maximum length of the search text.</summary>
    public const int SearchTextLength = 1200;

    /// <summary>The public ID.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>The title, in lower case.</summary>
    public string Title { get; set; } = "";

    /// <summary>The name to sign in with, in lower case.</summary>
    public string Username { get; set; } = "";

    /// <summary>The domain of the sender address, in lower case and ASCII form.</summary>
    public string FromDomain { get; set; } = "";

    /// <summary>The technical name of the type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The text that is searched, in lower case.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>When it was created, in UTC.</summary>
    public DateTime CreatedUtc { get; set; }
}
