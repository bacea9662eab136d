namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A server as the queue of a node sees it.</summary>
/// <param name="configurationId">See <see cref="ConfigurationId"/>.</param>
internal sealed class OutboxServer(string configurationId)
{
    private long _limitedUntil;

    /// <summary>The ID of its configuration; empty for messages that no server fits.</summary>
    public string ConfigurationId { get; } = configurationId;

    /// <summary>Its health.</summary>
    public ServerHealth Health { get; } = new(configurationId);

    /// <summary>Its settings when the queue last started.</summary>
    public OutboxServerSettings Settings { get; set; } = new();

    /// <summary>When its limits allow more messages, in ticks; 0 for now.</summary>
    public long LimitedUntil
    {
        get => Volatile.Read(ref _limitedUntil);
        set => Volatile.Write(ref _limitedUntil, value);
    }
}
