using Horilla.Modules.OutgoingMail.Configurations;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Sends messages through servers of one type.</summary>
public interface IMailTransport
{
    /// <summary>The technical name of the type: see <see cref="IMailServerType.Name"/>.</summary>
    string ServerType { get; }

    /// <summary>The steps of a successful delivery, in order.</summary>
    IReadOnlyList<DeliveryStep> Steps { get; }

    /// <summary>Returns the maximum number of messages that can be sent through a server at the same time: 1 or more. Others wait.</summary>
    /// <param name="configuration">The server. Don't change it: other callers read it at the same time.</param>
    int GetMaxConcurrency(OutgoingMailConfiguration configuration);

    /// <summary>
    /// Sends a composed message. Throws <see cref="OperationCanceledException"/> for both a cancellation and a timeout: the
    /// caller knows which it was.
    /// </summary>
    /// <param name="configuration">The server. Don't change it: other callers read it at the same time.</param>
    /// <param name="message">The message, with sender and recipients.</param>
    /// <param name="delivery">Records each step as it's reached.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The server's response to the message.</returns>
    /// <exception cref="DeliveryException">The server didn't accept the message or couldn't be reached.</exception>
    Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken);

    /// <summary>Explains why an attempt timed out, based on its current step.</summary>
    OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery);
}
