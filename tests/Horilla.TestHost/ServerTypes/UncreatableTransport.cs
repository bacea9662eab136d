using Horilla.Modules.OutgoingMail;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;

namespace Horilla.TestHost.ServerTypes;

public sealed class UncreatableTransport : IMailTransport
{
    public UncreatableTransport() => throw new NotSupportedException("Not here.");

    public IReadOnlyList<DeliveryStep> Steps => [];

    public int GetMaxConcurrency(OutgoingMailConfiguration configuration) => 1;

    public Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken) => throw new NotSupportedException();

    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery) => throw new NotSupportedException();
}
