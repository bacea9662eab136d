using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The part of a server's form that concerns the outbox, as typed.</summary>
public class OutboxServerViewModel
{
    /// <summary>The ID of the configuration to send through instead; empty for none.</summary>
    public string? FallbackConfigurationId { get; set; }

    /// <summary>The maximum number of messages a minute; empty for no limit.</summary>
    public string? MessagesPerMinute { get; set; }

    /// <summary>The maximum number of recipients a day; empty for no limit.</summary>
    public string? RecipientsPerDay { get; set; }

    /// <summary>Whether messages in doubt are sent again.</summary>
    public bool ResendsIfInDoubt { get; set; }

    /// <summary>The well-known provider whose limits are filled in: see <see cref="FillIn"/>.</summary>
    public string? Provider { get; set; }

    /// <summary>Whether only the settings of a well-known provider are filled in.</summary>
    public bool FillIn { get; set; }

    /// <summary>The titles of the other servers, by ID.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, string> Servers { get; set; } = new Dictionary<string, string>();
}
