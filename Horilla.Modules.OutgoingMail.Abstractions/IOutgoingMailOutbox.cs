using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// The tenant's outbox: stores messages in the tenant's database and sends them in the background, again and again while
/// their server can't accept them. A stored message outlasts a crash of the process and an outage of its server. Scoped:
/// resolve it in the tenant's scope, and use an instance from one thread at a time.
/// </summary>
public interface IOutgoingMailOutbox
{
    /// <summary>
    /// Stores a message in the transaction of the scope's <c>ISession</c>. It is sent if and only if the session is committed,
    /// right after the scope has ended or at the time that <paramref name="options"/> names.
    /// </summary>
    /// <param name="message">
    /// The message, with at least one recipient. It gets a Message-ID and a Date if it has none. Its streams are read once,
    /// before this returns; the message still belongs to the caller. The sender is set when the message is sent, as by
    /// <see cref="IOutgoingMailService.SendAsync"/>.
    /// </param>
    /// <param name="options">How and when to send the message, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels storing the message.</param>
    /// <returns>The ID of the message in the outbox (26 characters). For a known <see cref="OutboxOptions.IdempotencyKey"/>, the ID of the message that has it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="message"/> has no recipient, or an option is out of range.</exception>
    /// <exception cref="OutboxMessageTooLargeException">The message is larger than the operator allows. Nothing was stored.</exception>
    /// <exception cref="OutboxStorageException">The database couldn't store the message. Nothing of the message is stored. If the connection broke, the session is cancelled too: nothing of it is saved.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string> EnqueueAsync(MimeMessage message, OutboxOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores many messages, in batches with transactions of their own. Memory use doesn't depend on their number. Sending
    /// begins with the first batch.
    /// </summary>
    /// <param name="messages">The messages. Each is read before the next one is requested; don't change or dispose of it before its ID is returned.</param>
    /// <param name="options">How and when to send all messages, or null for the defaults. A key would make them one message, so <see cref="OutboxOptions.IdempotencyKey"/> must be null.</param>
    /// <param name="cancellationToken">Stops storing. Messages whose ID was returned are stored.</param>
    /// <returns>The ID of each message, in order, once it is committed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    /// <exception cref="ArgumentException">One of the messages has no recipient, or an option is out of range. Messages whose ID was returned are stored.</exception>
    /// <exception cref="OutboxMessageTooLargeException">One of the messages is larger than the operator allows. Messages whose ID was returned are stored.</exception>
    /// <exception cref="OutboxStorageException">The database couldn't store a batch. Messages whose ID was returned are stored.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    IAsyncEnumerable<string> EnqueueManyAsync(IAsyncEnumerable<MimeMessage> messages, OutboxOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Returns a message of this tenant, also one that the current session has stored and not yet committed.</summary>
    /// <param name="mailId">The ID of the message.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The message, or null if the tenant has none with this ID: it was never committed, or its log entry was deleted.</returns>
    Task<OutboxMail?> FindAsync(string mailId, CancellationToken cancellationToken = default);

    /// <summary>Cancels a message that isn't sent yet, at once and not with the caller's session, unless that session stored it.</summary>
    /// <param name="mailId">The ID of the message.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>True if the message won't be sent; false if it's too late, or the tenant has no such message.</returns>
    Task<bool> CancelAsync(string mailId, CancellationToken cancellationToken = default);
}
