namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>How many messages were sent and failed in an hour.</summary>
internal sealed class OutboxHour
{
    /// <summary>The hour, as ticks of its beginning in UTC.</summary>
    public long Hour { get; init; }

    public int Sent { get; init; }

    public int Failed { get; init; }
}
