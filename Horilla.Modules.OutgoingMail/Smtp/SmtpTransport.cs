using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;
using OrchardCore.Entities;
using IMailTransport = Horilla.Modules.OutgoingMail.ServerTypes.IMailTransport;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Sends messages through SMTP, on connections that are reused.</summary>
public sealed class SmtpTransport(SmtpConnectionPoolProvider pools, SmtpConnector connector, SmtpErrors errors, TimeProvider time) : IMailTransport
{
    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } =
    [
        DeliveryStep.DnsLookup, DeliveryStep.Connection, DeliveryStep.Tls, DeliveryStep.SignIn, DeliveryStep.Sender, DeliveryStep.Recipient, DeliveryStep.Data,
    ];

    /// <inheritdoc />
    public bool IsResumable => true;

    /// <inheritdoc />
    public int GetMaxConcurrency(OutgoingMailConfiguration configuration) => pools.GetOrCreate(configuration).Settings.MaxConnections;

    /// <inheritdoc />
    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        var pool = delivery.IsUnsaved ? pools.CreateUnshared(configuration) : pools.GetOrCreate(configuration);

        try
        {
            return await new SmtpDelivery(pool, connector, errors, configuration, message, delivery, time).RunAsync(cancellationToken);
        }
        finally
        {
            if (delivery.IsUnsaved)
            {
                await pool.CloseAllAsync();
            }
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery)
        => errors.Timeout(configuration, configuration.GetOrCreate<SmtpServerSettings>(), delivery);
}
