using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Localization;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Opens connections: from the look-up of the host to the sign-in.</summary>
public sealed class SmtpConnector(SecretProtector secrets, SmtpFailures failures, TimeProvider time, IStringLocalizer<SmtpConnector> S)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="DeliveryException">The server could not be reached, or did not let us in.</exception>
    internal async Task<SmtpConnection> OpenAsync(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var password = ReadPassword(configuration, settings);
        var conversation = new SmtpConversation { StartingTls = () => BeginTls(delivery) };
        var socket = await ConnectAsync(settings, delivery, cancellationToken);
        var stream = new FirstByteStream(new NetworkStream(socket, ownsSocket: true));
        var client = new RecordingSmtpClient(conversation);

        try
        {
            await GreetAsync(client, stream, configuration, settings, delivery, cancellationToken);
            await SignInAsync(client, configuration, settings, password, conversation, delivery, cancellationToken);
            conversation.StartingTls = null;

            return new SmtpConnection(client, conversation, socket, AsKept(delivery.Done), time);
        }
        catch (Exception e)
        {
            client.Dispose();
            await stream.DisposeAsync();

            if (SmtpFailures.IsOfConversation(e))
            {
                throw new DeliveryException(failures.Explain(e, configuration, settings, delivery.Current, conversation), e);
            }

            throw;
        }
    }

    /// <summary>How the steps of the opening read for a message that came later.</summary>
    private DeliveryStepReport[] AsKept(IEnumerable<DeliveryStepReport> steps)
        => [.. steps.Select(step => step with { Duration = TimeSpan.Zero, Detail = step.Step == DeliveryStep.Connection ? S["kept open"] : step.Detail })];

    private async Task<Socket> ConnectAsync(SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(settings, delivery, cancellationToken);
        delivery.Begin(DeliveryStep.Connection);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(addresses, settings.Port, cancellationToken);
        }
        catch (SocketException e)
        {
            socket.Dispose();

            throw new DeliveryException(failures.Connection(e, settings), e);
        }
        catch
        {
            socket.Dispose();

            throw;
        }

        return socket;
    }

    private async Task<IPAddress[]> LookUpAsync(SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(settings.Host, out var address))
        {
            delivery.Skip(DeliveryStep.LookUp);

            return [address];
        }

        delivery.Begin(DeliveryStep.LookUp);

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(settings.Host, cancellationToken);
            delivery.Pass(DeliveryStep.LookUp);

            return addresses;
        }
        catch (SocketException e)
        {
            throw new DeliveryException(failures.LookUp(e, settings), e);
        }
    }

    /// <summary>From the server's greeting to the end of the TLS handshake.</summary>
    private async Task GreetAsync(RecordingSmtpClient client, FirstByteStream stream, OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        if (settings.UseSsl)
        {
            BeginTls(delivery);
        }

        var security = settings.UseSsl ? SecureSocketOptions.SslOnConnect : settings.UseTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = settings.UseSsl || !delivery.IsTest ? TlsProbe.NeverAsync(giveUp.Token) : new TlsProbe(time).SpeaksTlsAtOnceAsync(stream, settings, TimeSpan.FromSeconds(configuration.TimeoutSeconds), giveUp.Token);
        var connect = client.ConnectAsync(stream, settings.Host, settings.Port, security, giveUp.Token);

        try
        {
            if (await Task.WhenAny(connect, probe) == probe && await probe)
            {
                BeginTls(delivery);

                throw new DeliveryException(failures.SpeaksTlsAtOnce(settings));
            }

            await connect;
        }
        catch (SslHandshakeException e) when (cancellationToken.IsCancellationRequested)
        {
            // MailKit wraps whatever ends a handshake, the end of the time included.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (SslHandshakeException e)
        {
            throw new DeliveryException(
                stream.BeganWithTls == false && settings.UseSsl ? failures.SpeaksInClear(settings) : failures.Handshake(e, client.Certificate, settings),
                e);
        }
        catch (SmtpProtocolException e) when (stream.BeganWithTls == true && !settings.UseSsl)
        {
            BeginTls(delivery);

            throw new DeliveryException(failures.SpeaksTlsAtOnce(settings), e);
        }
        catch (NotSupportedException e)
        {
            BeginTls(delivery);

            throw new DeliveryException(failures.StartTlsIsNotOffered(settings), e);
        }
        finally
        {
            // What was given up, and whose outcome is known already by another way.
            await giveUp.CancelAsync();
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)probe).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (client.IsSecure)
        {
            delivery.Pass(DeliveryStep.Tls, VersionOf(client), failures.Shown(client.Certificate));
        }
        else
        {
            delivery.Pass(DeliveryStep.Connection);
            delivery.Skip(DeliveryStep.Tls);
        }
    }

    private static void BeginTls(DeliveryRecorder delivery)
    {
        delivery.Pass(DeliveryStep.Connection);
        delivery.Begin(DeliveryStep.Tls);
    }

    private async Task SignInAsync(
        RecordingSmtpClient client,
        OutgoingMailConfiguration configuration,
        SmtpServerSettings settings,
        string? password,
        SmtpConversation conversation,
        DeliveryRecorder delivery,
        CancellationToken cancellationToken)
    {
        if (password is null)
        {
            delivery.Skip(DeliveryStep.SignIn);

            return;
        }

        delivery.Begin(DeliveryStep.SignIn);

        if (!client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw new DeliveryException(failures.SignInIsNotOffered(settings));
        }

        // These take a token in place of a password.
        client.AuthenticationMechanisms.ExceptWith(["XOAUTH2", "OAUTHBEARER"]);

        try
        {
            await client.AuthenticateAsync(configuration.Username, password, cancellationToken);
        }
        catch (AuthenticationException e)
        {
            throw new DeliveryException(failures.SignIn(e, configuration, settings, conversation), e);
        }
        catch (ArgumentException e)
        {
            // SASLprep (RFC 4013) knows characters that no password may have.
            throw new DeliveryException(failures.PasswordCannotBeUsed(configuration), e);
        }
        catch (NotSupportedException e)
        {
            throw new DeliveryException(failures.NoMechanismInCommon(settings, client.AuthenticationMechanisms), e);
        }

        delivery.Pass(DeliveryStep.SignIn, conversation.Mechanism);
    }

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

    private static string VersionOf(RecordingSmtpClient client) => client.SslProtocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        var other => other.ToString(),
    };
}
