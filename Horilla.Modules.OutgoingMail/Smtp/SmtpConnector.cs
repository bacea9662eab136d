using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Opens connections: from the look-up of the host to the sign-in.</summary>
public sealed class SmtpConnector(SecretProtector secrets, SmtpFailures failures, IOptions<SmtpConnectionOptions> options, TimeProvider time, IStringLocalizer<SmtpConnector> S)
{
    /// <summary>A server greets once, before STARTTLS: the client that talks after it is told so.</summary>
    private static readonly byte[] Greeting = "220 TLS\r\n"u8.ToArray();

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DeliveryException">The server could not be reached, or did not let us in.</exception>
    internal async Task<SmtpConnection> OpenAsync(OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var password = ReadPassword(configuration, settings);
        var conversation = new SmtpConversation();
        var socket = await ConnectAsync(settings, delivery, cancellationToken);
        var network = new FirstByteStream(new NetworkStream(socket, ownsSocket: true));
        var client = new RecordingSmtpClient(conversation);

        try
        {
            var stream = await SecureAsync(network, conversation, configuration, settings, delivery, cancellationToken);
            await GreetAsync(client, stream, network, configuration, settings, delivery, cancellationToken);

            if (!options.Value.Pipelining)
            {
                client.Capabilities &= ~SmtpCapabilities.Pipelining;
            }

            stream.Pipelines = client.Capabilities.HasFlag(SmtpCapabilities.Pipelining);
            await SignInAsync(client, configuration, settings, password, conversation, delivery, cancellationToken);

            return new SmtpConnection(client, conversation, socket, AsKept(delivery.Done), time);
        }
        catch (Exception e)
        {
            client.Dispose();
            await network.DisposeAsync();

            if (SmtpFailures.IsOfConversation(e))
            {
                throw new DeliveryException(failures.Explain(e, configuration, settings, delivery.Current, conversation), e);
            }

            throw;
        }
    }

    /// <summary>The connection to talk on: after its TLS handshake, where the configuration wants one.</summary>
    private async Task<PipelinedStream> SecureAsync(FirstByteStream network, SmtpConversation conversation, OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        if (settings.UseSsl)
        {
            BeginTls(delivery);

            return new PipelinedStream(conversation, await HandshakeAsync(network, settings, delivery, cancellationToken));
        }

        if (!settings.UseTls)
        {
            return new PipelinedStream(conversation, network);
        }

        // What the server says in clear is forgotten with this client, all of it: none of it counts after the handshake (RFC 3207 section 4.2).
        using var inClear = new RecordingSmtpClient(conversation);
        await GreetAsync(inClear, new PipelinedStream(conversation, network, leaveOpen: true), network, configuration, settings, delivery, cancellationToken);
        BeginTls(delivery);

        if (!inClear.Capabilities.HasFlag(SmtpCapabilities.StartTLS))
        {
            throw new DeliveryException(failures.StartTlsIsNotOffered(settings));
        }

        await inClear.StartTlsAsync(cancellationToken);

        return new PipelinedStream(conversation, await HandshakeAsync(network, settings, delivery, cancellationToken), Greeting);
    }

    private async Task<SslStream> HandshakeAsync(FirstByteStream network, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        ServerCertificate? certificate = null;
        var tls = new SslStream(network);

        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = settings.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,

                    // A server of revocation lists that is down would stop all mail. An expired, foreign or unknown certificate is refused.
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                    {
                        certificate = shown is X509Certificate2 known ? ServerCertificate.Read(known, chain, errors) : null;

                        return errors == SslPolicyErrors.None;
                    },
                },
                cancellationToken);
        }
        catch (Exception e) when (e is System.Security.Authentication.AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();

            throw new DeliveryException(
                settings.UseSsl && network.BeganWithTls == false ? failures.SpeaksInClear(settings) : failures.Handshake(certificate, settings),
                e);
        }
        catch
        {
            await tls.DisposeAsync();

            throw;
        }

        delivery.Pass(DeliveryStep.Tls, VersionOf(tls), failures.Shown(certificate));

        return tls;
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

    /// <summary>From the server's greeting to what it can do (EHLO).</summary>
    private async Task GreetAsync(RecordingSmtpClient client, PipelinedStream stream, FirstByteStream network, OutgoingMailConfiguration configuration, SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var isInClear = delivery.Current == DeliveryStep.Connection;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = isInClear && delivery.IsTest
            ? new TlsProbe(time).SpeaksTlsAtOnceAsync(network, settings, TimeSpan.FromSeconds(configuration.TimeoutSeconds), giveUp.Token)
            : TlsProbe.NeverAsync(giveUp.Token);
        var connect = client.ConnectAsync(stream, settings.Host, settings.Port, SecureSocketOptions.None, giveUp.Token);

        try
        {
            if (await Task.WhenAny(connect, probe) == probe && await probe)
            {
                BeginTls(delivery);

                throw new DeliveryException(failures.SpeaksTlsAtOnce(settings));
            }

            await connect;
        }
        catch (SmtpProtocolException e) when (isInClear && network.BeganWithTls == true)
        {
            BeginTls(delivery);

            throw new DeliveryException(failures.SpeaksTlsAtOnce(settings), e);
        }
        finally
        {
            // What was given up, and whose outcome is known already by another way.
            await giveUp.CancelAsync();
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)probe).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isInClear && !settings.UseTls)
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

        // These take a token in place of a password, or want to know the TLS of the connection, which the client does not.
        client.AuthenticationMechanisms.RemoveWhere(mechanism => mechanism is "XOAUTH2" or "OAUTHBEARER" || mechanism.EndsWith("-PLUS", StringComparison.Ordinal));

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

    private static string VersionOf(SslStream tls) => tls.SslProtocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        var other => other.ToString(),
    };
}
