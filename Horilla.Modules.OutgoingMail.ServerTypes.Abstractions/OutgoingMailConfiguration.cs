using OrchardCore.Entities;
using YesSql;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// A mail server of the tenant, stored as a document. The settings of its type are an aspect. Secrets are stored only as
/// protected payloads, in properties of the aspect whose names start with "Protected".
/// </summary>
/// <remarks>Documents keep the name that the type had when it was part of the module's assembly.</remarks>
[SimplifiedTypeName("Horilla.Modules.OutgoingMail.Configurations.OutgoingMailConfiguration, Horilla.Modules.OutgoingMail")]
public sealed class OutgoingMailConfiguration : Entity
{
    /// <summary>The ID of the document.</summary>
    public long Id { get; set; }

    /// <summary>The public ID: 26 characters that never change.</summary>
    public string ConfigurationId { get; set; } = "";

    /// <summary>The technical name of its type: see <see cref="IMailServerType.Name"/>.</summary>
    public string Type { get; set; } = "";

    /// <summary>"Email Host Username": the name to sign in with; empty if the server doesn't require one.</summary>
    public string Username { get; set; } = "";

    /// <summary>The name that recipients see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The address that messages are sent from.</summary>
    public string DefaultFrom { get; set; } = "";

    /// <summary>Whether messages show the name of the user who sends them, and replies go to that user.</summary>
    public bool UseDynamicDisplayName { get; set; }

    /// <summary>Whether a From address that a module sets is kept, with the address of this configuration as Sender.</summary>
    public bool AllowsOtherSenders { get; set; }

    /// <summary>Whether failures are hidden from the modules that send.</summary>
    public bool FailSilently { get; set; }

    /// <summary>The maximum duration of an attempt: 1 to 600 seconds.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>A short description of the destination for the list. Set by the type.</summary>
    public string Destination { get; set; } = "";

    /// <summary>More terms to search by, besides names and addresses, such as the host. Set by the type.</summary>
    public string SearchTerms { get; set; } = "";

    /// <summary>When it was created, in UTC.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTime ModifiedUtc { get; set; }

    /// <summary>The name of the user who last changed it.</summary>
    public string ModifiedBy { get; set; } = "";

    /// <summary>Changes with each save, so that an edit of an older version is detected.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("Revision")]
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>The name of the configuration in lists and messages.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Title => string.IsNullOrEmpty(Username) ? DefaultFrom : Username;
}
