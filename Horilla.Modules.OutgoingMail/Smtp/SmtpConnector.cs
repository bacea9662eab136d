using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Opens connections: from the look-up of the host to the sign-in.</summary>
public sealed class SmtpConnector(
    SecretProtector secrets,
    SmtpFailures failures,
    SmtpDialer dialer,
    SmtpLocalDomain localDomain,
    IOptions<SmtpConnectionOptions> options,
    TimeProvider time,
    IStringLocalizer<SmtpConnector> S)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="DeliveryException">The server could not be reached, or did not let us in.</exception>
    internal async Task<SmtpConnection> OpenAsync(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var attempt = new SmtpConnectionAttempt
        {
            Configuration = configuration,
            Settings = settings,
            Password = ReadPassword(configuration, settings),
            Delivery = delivery,
            Failures = failures,
            Pipelining = options.Value.Pipelining,
            Time = time,
        };
        var (client, socket) = await attempt.RunAsync(dialer, localDomain, cancellationToken);

        return new SmtpConnection(client, attempt.Conversation, socket, AsKept(delivery.Done), time);
    }

    /// <summary>How the steps of the opening read for a message that came later.</summary>
    private DeliveryStepReport[] AsKept(IEnumerable<DeliveryStepReport> steps)
        => [.. steps.Select(step => step with { Duration = TimeSpan.Zero, Detail = step.Step == DeliveryStep.Connection ? S["kept open"] : step.Detail })];

    private string? ReadPassword(OutgoingMailConfiguration configuration, SmtpServerSettings settings)
    {
        if (settings.NeedsNoSignIn)
        {
            return null;
        }

        if (settings.ProtectedPassword is null)
        {
            throw new DeliveryException(failures.PasswordIsMissing(configuration));
        }

        try
        {
            return secrets.Unprotect(configuration.ConfigurationId, SmtpServerSettings.PasswordSecret, settings.ProtectedPassword);
        }
        catch (CryptographicException e)
        {
            throw new DeliveryException(failures.PasswordCannotBeRead(configuration), e);
        }
    }
}
