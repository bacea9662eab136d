using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Opens connections: from the DNS lookup to the sign-in.</summary>
public sealed class SmtpConnector(
    SecretProtector secrets,
    SmtpErrors errors,
    HappyEyeballsConnector socketConnector,
    SmtpLocalDomainResolver localDomain,
    IOptions<SmtpConnectionOptions> options,
    TimeProvider time,
    IStringLocalizer<SmtpConnector> S)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="DeliveryException">The server couldn't be reached, or didn't accept the connection or the sign-in.</exception>
    internal async Task<SmtpConnection> OpenAsync(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        var context = new SmtpAttemptContext(configuration, settings, ReadPassword(configuration, settings), delivery, errors);
        var (client, socket) = await new SmtpConnectionAttempt(context, options.Value.Pipelining, time).ConnectAsync(socketConnector, localDomain, cancellationToken);

        return new SmtpConnection(client, context.Protocol, socket, ToReusedSteps(delivery.CompletedSteps), time);
    }

    /// <summary>Returns the opening steps as they are shown for later messages on the same connection.</summary>
    private DeliveryStepReport[] ToReusedSteps(IEnumerable<DeliveryStepReport> steps)
        => [.. steps.Select(step => step with { Duration = TimeSpan.Zero, Detail = step.Step == DeliveryStep.Connection ? S["kept open"] : step.Detail })];

    private string? ReadPassword(OutgoingMailConfiguration configuration, SmtpServerSettings settings)
    {
        if (settings.NeedsNoSignIn)
        {
            return null;
        }

        if (settings.ProtectedPassword is null)
        {
            throw new DeliveryException(errors.SignIn.PasswordMissing(configuration));
        }

        try
        {
            return secrets.Unprotect(configuration.ConfigurationId, SmtpServerSettings.PasswordSecret, settings.ProtectedPassword);
        }
        catch (CryptographicException e)
        {
            throw new DeliveryException(errors.SignIn.PasswordUnreadable(configuration), e);
        }
    }
}
