using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Sends email through the tenant's outgoing mail servers. Scoped: resolve it in the tenant's scope, and use an instance
/// from one thread at a time.
/// </summary>
public interface IOutgoingMailService
{
    /// <summary>
    /// Sends a message immediately, through the server that <paramref name="options"/> and the message select. The timeout of
    /// the server's configuration applies to the whole attempt.
    /// </summary>
    /// <param name="message">
    /// The message, with at least one recipient. Its From is replaced with the address of the server's configuration. If it had
    /// a different From, that becomes its Reply-To, unless it already has one. If the configuration allows other senders, the
    /// original From is kept instead, and the configuration's address becomes the Sender (RFC 5322 section 3.6.2). An existing
    /// Sender and the Resent fields are removed.
    /// </param>
    /// <param name="options">How to send the message, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The result. A failed delivery is a result, not an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="message"/> has no recipient.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<OutgoingMailResult> SendAsync(MimeMessage message, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends many messages concurrently, up to the limits of their servers, and returns each result as soon as it's available.
    /// For each message, a server is selected and the message is sent as by <see cref="SendAsync"/>, in its own scope. Handlers
    /// of <see cref="IOutgoingMailEvents"/> can therefore save changes, which are committed at once.
    /// </summary>
    /// <remarks>
    /// A message is read from <paramref name="messages"/> only when it can be sent: if the caller processes the results slowly,
    /// sending slows down too. If the caller leaves the loop early, messages in progress are completed first; their results
    /// aren't returned.
    /// </remarks>
    /// <param name="messages">
    /// The messages. Don't change or dispose of a message between the time it's read and the time its result is returned.
    /// </param>
    /// <param name="options">How to send all messages, or null for the defaults.</param>
    /// <param name="cancellationToken">
    /// Stops sending: no more messages are read, messages in progress are completed within the timeouts of their servers, and
    /// their results are returned before the exception is thrown. Every message that was read has a result, so no outcome stays
    /// unknown.
    /// </param>
    /// <returns>
    /// Each message with its result, in order of completion. A message without a recipient also has a result: a failure with
    /// the code <c>no-recipient</c>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Thrown after all results were returned.</exception>
    /// <exception cref="InvalidOperationException">One of the messages is null. Thrown after all results were returned.</exception>
    /// <exception cref="Exception">Any exception that <paramref name="messages"/> throws. Thrown after all results were returned.</exception>
    IAsyncEnumerable<OutgoingMailDelivery> SendManyAsync(IAsyncEnumerable<MimeMessage> messages, OutgoingMailOptions? options = null, CancellationToken cancellationToken = default);
}
