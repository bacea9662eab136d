using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MimeKit;
using OrchardCore.Entities;
using IMailTransport = Horilla.Modules.OutgoingMail.Sending.IMailTransport;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Sends by SMTP, on connections that are kept for the next message.</summary>
public sealed class SmtpTransport(SmtpConnectionPools pools, SmtpConnector connector, SmtpFailures failures, TimeProvider time) : IMailTransport
{
    /// <inheritdoc />
    public string ServerType => SmtpServerType.TechnicalName;

    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } =
    [
        DeliveryStep.LookUp, DeliveryStep.Connection, DeliveryStep.Tls, DeliveryStep.SignIn, DeliveryStep.Sender, DeliveryStep.Recipient, DeliveryStep.Content,
    ];

    /// <inheritdoc />
    public int MostAtOnce(OutgoingMailConfiguration configuration) => pools.For(configuration).Settings.MaxConnections;

    /// <inheritdoc />
    public Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken)
        => new SmtpDelivery(pools.For(configuration), connector, failures, configuration, message, delivery, time).RunAsync(cancellationToken);

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryRecorder delivery)
        => failures.Timeout(configuration, configuration.GetOrCreate<SmtpServerSettings>(), delivery);
}
