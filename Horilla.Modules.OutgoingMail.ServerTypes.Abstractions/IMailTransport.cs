using MimeKit;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Sends messages through servers of one type. Scoped: a message that is sent on its own uses the scope of its caller, and
/// one of many has its own.
/// </summary>
/// <remarks>
/// Responses and errors are stored, logged and shown, so they must not contain a password or token, even if the server repeats
/// it. A transport that connects to a host that users enter asks <see cref="INetworkPolicy"/> before it connects.
/// </remarks>
public interface IMailTransport
{
    /// <summary>The steps of a successful delivery, in order.</summary>
    IReadOnlyList<DeliveryStep> Steps { get; }

    /// <summary>
    /// Whether <see cref="SendAsync"/> awaits <see cref="DeliveryTrace.BeginContentAsync"/> right before it sends the content,
    /// and sends only to <see cref="DeliveryTrace.GetRecipients"/>. If false, the outbox assumes that the content begins with
    /// the attempt, so that more messages are in doubt after a crash, and doesn't retry single recipients.
    /// </summary>
    bool IsResumable => false;

    /// <summary>
    /// Returns the maximum number of messages that one bulk send sends through a server at the same time: 1 or more. A transport
    /// with a limit for all senders together enforces it itself.
    /// </summary>
    /// <param name="configuration">The server. Don't change it: other callers read it at the same time.</param>
    int GetMaxConcurrency(OutgoingMailConfiguration configuration);

    /// <summary>
    /// Sends a composed message. Throws <see cref="OperationCanceledException"/> for both a cancellation and a timeout: the
    /// caller knows which it was.
    /// </summary>
    /// <param name="configuration">The server. Don't change it: other callers read it at the same time.</param>
    /// <param name="message">The message, with sender and recipients.</param>
    /// <param name="delivery">Records each step as it's reached. <see cref="DeliveryTrace.ContentStarted"/> must be true when this ends if the server may have received any of the content.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The server's response to the message. At least one recipient was accepted.</returns>
    /// <exception cref="DeliveryException">The server didn't accept the message for any recipient, or couldn't be reached.</exception>
    /// <exception cref="MessageContentException">A stream of the message couldn't be read.</exception>
    Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken);

    /// <summary>Explains why an attempt timed out, based on its current step.</summary>
    OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery);
}
