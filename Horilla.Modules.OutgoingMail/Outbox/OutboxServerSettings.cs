namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>How the outbox uses a server: a part of its configuration.</summary>
public sealed class OutboxServerSettings
{
    /// <summary>The ID of the configuration to send through if this server can't be used; null for none.</summary>
    public string? FallbackConfigurationId { get; set; }

    /// <summary>The maximum number of messages in any 60 seconds; null for no limit.</summary>
    public int? MessagesPerMinute { get; set; }

    /// <summary>The maximum number of recipients in any 24 hours; null for no limit.</summary>
    public int? RecipientsPerDay { get; set; }

    /// <summary>Whether messages in doubt are sent again: see <see cref="OutboxOptions.ResendIfInDoubt"/>.</summary>
    public bool ResendsIfInDoubt { get; set; }

    /// <summary>Whether there is a limit.</summary>
    internal bool HasLimits => MessagesPerMinute is not null || RecipientsPerDay is not null;
}
