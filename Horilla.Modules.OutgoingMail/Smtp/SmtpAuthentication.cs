using System.Net;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The sign-in of an attempt to open a connection.</summary>
internal sealed class SmtpAuthentication(SmtpAttemptContext context)
{
    /// <summary>Signs in if the server needs it.</summary>
    /// <exception cref="DeliveryException">The server rejected the sign-in, or offers no mechanism for a password.</exception>
    public async Task SignInAsync(TrackingSmtpClient client, CancellationToken cancellationToken)
    {
        if (context.Password is null)
        {
            context.Delivery.Skip(DeliveryStep.SignIn);

            return;
        }

        context.Delivery.Begin(DeliveryStep.SignIn);
        context.Protocol.Secrets = SecretDetector.ForPassword(context.Configuration.Username, context.Password);

        if (!client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw new DeliveryException(context.Errors.SignIn.NotOffered(context.Settings));
        }

        var mechanisms = new Queue<SaslMechanism>(SaslMechanismSelector.Select(client, context.Settings.IsSecure, new NetworkCredential(context.Configuration.Username, context.Password)));

        if (mechanisms.Count == 0)
        {
            throw new DeliveryException(context.Errors.SignIn.NoSupportedMechanism(context.Settings, client.AuthenticationMechanisms));
        }

        while (!await TrySignInAsync(client, mechanisms.Dequeue(), mechanisms.Count > 0, cancellationToken))
        {
            // The server announced a mechanism that it doesn't support (504), and hasn't checked the password.
        }

        context.Delivery.Complete(DeliveryStep.SignIn, context.Protocol.Mechanism);
    }

    private async Task<bool> TrySignInAsync(TrackingSmtpClient client, SaslMechanism mechanism, bool hasNext, CancellationToken cancellationToken)
    {
        try
        {
            await client.AuthenticateAsync(mechanism, cancellationToken);

            return true;
        }
        catch (AuthenticationException) when (hasNext && client.IsConnected && context.Protocol.LastReplyCode == (int)SmtpStatusCode.CommandParameterNotImplemented)
        {
            return false;
        }
        catch (AuthenticationException e)
        {
            throw new DeliveryException(
                context.Errors.SignIn.Explain(context.Configuration, context.Settings, context.Password!, context.Protocol),
                context.Protocol.LastReplyCode is { } code ? new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, (SmtpStatusCode)code, context.Protocol.LastReplyText) : e);
        }
        catch (ArgumentException e)
        {
            // SASLprep (RFC 4013) prohibits some characters in passwords.
            throw new DeliveryException(context.Errors.SignIn.PasswordCharactersNotAllowed(context.Configuration), e);
        }
    }
}
