namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>What the queues of a dispatcher share.</summary>
/// <param name="Wake">Makes the dispatcher look for messages now.</param>
/// <param name="WakeAt">Makes the dispatcher look for messages at a time, in ticks.</param>
/// <param name="Stopping">Cancelled when no more messages are to be claimed.</param>
/// <param name="Abort">Cancelled when messages that are being sent are to be given up.</param>
internal sealed record OutboxQueueContext(Action Wake, Action<long> WakeAt, CancellationToken Stopping, CancellationToken Abort);
