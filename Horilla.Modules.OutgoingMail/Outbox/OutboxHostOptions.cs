namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>What the operator of the host sets for the outbox, in the configuration section <c>Horilla_OutgoingMail_Outbox</c>.</summary>
public sealed class OutboxHostOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Horilla_OutgoingMail_Outbox";

    /// <summary>The maximum size of a message with its attachments encoded, in bytes. 25 MB by default; at least 64 KB.</summary>
    public long MaxMessageBytes
    {
        get;
        set => field = Math.Max(value, 64 * 1024);
    } = 25 * 1024 * 1024;

    /// <summary>
    /// How long a node may be silent before other nodes take over the messages that it was sending, in seconds. 60 by default, 5 to
    /// 3,600. The clocks of the nodes must not differ by more than half of it.
    /// </summary>
    public int LeaseSeconds
    {
        get;
        set => field = Math.Clamp(value, 5, 3600);
    } = 60;

    /// <summary>How long a host that shuts down waits for messages that are being sent, in seconds. 10 by default, 0 to 300.</summary>
    public int ShutdownSeconds
    {
        get;
        set => field = Math.Clamp(value, 0, 300);
    } = 10;
}
