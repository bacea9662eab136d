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
}
