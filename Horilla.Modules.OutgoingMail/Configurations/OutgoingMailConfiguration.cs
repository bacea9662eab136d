using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>
/// A mail server of the tenant: a document. What only its type has is an aspect. Holds secrets as protected payloads alone.
/// </summary>
public sealed class OutgoingMailConfiguration : Entity
{
    /// <summary>The id of the document.</summary>
    public long Id { get; set; }

    /// <summary>The id to the outside: 26 characters, the same for as long as the configuration is there.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>The technical name of its type: see <see cref="IMailServerType.Name"/>.</summary>
    public string Type { get; set; } = "";

    /// <summary>"Email Host Username": the name to sign in with; empty where the server needs none.</summary>
    public string Username { get; set; } = "";

    /// <summary>The name that recipients see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The address that mails come from.</summary>
    public string DefaultFrom { get; set; } = "";

    /// <summary>Mails carry the name of the user who causes them, and answers go to that user.</summary>
    public bool UseDynamicDisplayName { get; set; }

    /// <summary>A From that a module gives is kept, with the address of this configuration as Sender.</summary>
    public bool AllowsOtherSenders { get; set; }

    /// <summary>Modules that send are not told of a failure.</summary>
    public bool FailSilently { get; set; }

    /// <summary>How long an attempt may take: 1 to 600 seconds.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Where it sends to, in a few words: written by the type, for the list.</summary>
    public string Destination { get; set; } = "";

    /// <summary>What the search finds it by beside its names and addresses, such as its host: written by the type.</summary>
    public string SearchTerms { get; set; } = "";

    /// <summary>When it was created, in UTC.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTime ModifiedUtc { get; set; }

    /// <summary>Who last changed it: the name of a user.</summary>
    public string ModifiedBy { get; set; } = "";

    /// <summary>Another one after each change, so that an edit of an old state is noticed.</summary>
    public string Revision { get; set; } = "";

    /// <summary>What the configuration is called in lists and messages.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Title => string.IsNullOrEmpty(Username) ? DefaultFrom : Username;
}
