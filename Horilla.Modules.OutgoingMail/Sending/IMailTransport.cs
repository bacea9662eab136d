using Horilla.Modules.OutgoingMail.Configurations;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Hands a message over to a server of one type.</summary>
public interface IMailTransport
{
    /// <summary>The technical name of the type: see <see cref="IMailServerType.Name"/>.</summary>
    string ServerType { get; }

    /// <summary>The steps of a delivery that goes well, in their order.</summary>
    IReadOnlyList<DeliveryStep> Steps { get; }

    /// <summary>How many messages may go through a server at the same time: 1 or more. More of them wait for each other.</summary>
    /// <param name="configuration">The server, which others read at the same time: it must not be changed.</param>
    int MostAtOnce(OutgoingMailConfiguration configuration);

    /// <summary>
    /// Sends a composed message. Whether it was cancelled or ran out of time, the caller knows: it throws
    /// <see cref="OperationCanceledException"/> for both.
    /// </summary>
    /// <param name="configuration">The server, which others read at the same time: it must not be changed.</param>
    /// <param name="message">The message, with sender and recipients.</param>
    /// <param name="delivery">Where each step is noted as it is reached.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What the server answered to the message.</returns>
    /// <exception cref="DeliveryException">The server did not accept the message, or could not be reached.</exception>
    Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken);

    /// <summary>Why an attempt that ran out of time did, by the step that it was in.</summary>
    OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryRecorder delivery);
}
