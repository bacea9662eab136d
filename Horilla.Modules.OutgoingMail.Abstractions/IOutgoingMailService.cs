using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Sends mail through the tenant's outgoing mail servers. Scoped: resolve it in the scope of the tenant, and use an
/// instance from one thread at a time.
/// </summary>
public interface IOutgoingMailService
{
    /// <summary>
    /// Sends a message now, through the server that <paramref name="options"/> and the message choose. The timeout of the
    /// server's configuration bounds the whole attempt.
    /// </summary>
    /// <param name="message">
    /// The message, with at least one recipient. Its From becomes the address of the server's configuration; another From
    /// that it had becomes its Reply-To, unless it has one. Where the configuration allows other senders, that From is kept
    /// instead, and the configuration's address becomes its Sender (RFC 5322 section 3.6.2). What it had as Sender, and its
    /// Resent fields, are removed.
    /// </param>
    /// <param name="options">How to send; null for the defaults.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>What came of it. A failed delivery is a result, not an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="message"/> has no recipient.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<OutgoingMailResult> SendAsync(MimeMessage message, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends many messages, as many at the same time as their servers take, and gives each result as it comes. Each message
    /// is chosen a server for, and is sent, as <see cref="SendAsync"/> does, in a scope of its own: its handlers of
    /// <see cref="IOutgoingMailEvents"/> may save what they change, and it is saved at once.
    /// </summary>
    /// <remarks>
    /// No more messages are taken from <paramref name="messages"/> than are on their way: where the caller is slow with the
    /// results, so is the sending. When the caller leaves the loop early, the messages that are on their way come to their
    /// end before it is left; their results are not given.
    /// </remarks>
    /// <param name="messages">
    /// The messages. Each belongs to the sending from when it is taken until its result is given; whoever made it may dispose
    /// of it then.
    /// </param>
    /// <param name="options">How to send all of them; null for the defaults.</param>
    /// <param name="cancellationToken">
    /// Ends the sending: no more messages are taken, those that are on their way come to their end, at most within the
    /// timeouts of their servers, and their results are given before the exception is thrown. So every message that was
    /// taken has a result, and none is left in doubt.
    /// </param>
    /// <returns>
    /// Each message with its result, in the order in which they end. A message without a recipient has a result too, which
    /// has failed with the code <c>no-recipient</c>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, and all results were given.</exception>
    /// <exception cref="Exception">Whatever <paramref name="messages"/> throws, once all results were given.</exception>
    IAsyncEnumerable<OutgoingMailDelivery> SendManyAsync(IAsyncEnumerable<MimeMessage> messages, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default);
}
