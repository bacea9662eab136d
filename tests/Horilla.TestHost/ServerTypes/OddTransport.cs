using Horilla.Modules.OutgoingMail;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;
using OrchardCore.Entities;

namespace Horilla.TestHost.ServerTypes;

public sealed class OddTransport(SecretProtector secrets) : IMailTransport
{
    public IReadOnlyList<DeliveryStep> Steps { get; } = [DeliveryStep.SignIn, DeliveryStep.Data];

    public int GetMaxConcurrency(OutgoingMailConfiguration configuration) => 1;

    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        delivery.Begin(DeliveryStep.SignIn);
        var secret = secrets.Unprotect(configuration.ConfigurationId, OddSettings.SecretName, configuration.GetOrCreate<OddSettings>().ProtectedKey!);
        delivery.Complete(DeliveryStep.SignIn);
        delivery.Begin(DeliveryStep.Data);

        switch (configuration.Username.Split('@')[0])
        {
            case "hangs":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "rejects":
                foreach (var recipient in message.GetRecipients())
                {
                    delivery.AddRejected(new RecipientRefusal { Address = recipient.Address, Error = Error("odd-rejected") });
                }

                break;
        }

        return $"Taken with a key of {secret.Length} characters";
    }

    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery) => throw new NotSupportedException("No explanation.");

    private static OutgoingMailError Error(string code) => new() { Step = DeliveryStep.Data, Code = code, Message = "Rejected.", NextStep = "Nothing." };
}
