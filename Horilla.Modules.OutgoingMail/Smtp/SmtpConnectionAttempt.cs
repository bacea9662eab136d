using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Networks;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>One attempt to open a connection. Used once.</summary>
internal sealed class SmtpConnectionAttempt
{
    /// <summary>A server greets once, before STARTTLS: the client that talks after it is told so.</summary>
    private static readonly byte[] Greeting = "220 TLS\r\n"u8.ToArray();

    /// <summary>The server's configuration.</summary>
    public required OutgoingMailConfiguration Configuration { get; init; }

    /// <summary>Its settings.</summary>
    public required SmtpServerSettings Settings { get; init; }

    /// <summary>The password to sign in with; null for no sign-in.</summary>
    public required string? Password { get; init; }

    /// <summary>Where each step is noted.</summary>
    public required DeliveryRecorder Delivery { get; init; }

    /// <summary>Explains what fails.</summary>
    public required SmtpFailures Failures { get; init; }

    /// <summary>Whether several commands may go at once where the server allows it.</summary>
    public required bool Pipelining { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>What was said and heard.</summary>
    public SmtpConversation Conversation { get; } = new();

    /// <summary>Opens the connection.</summary>
    /// <exception cref="DeliveryException">The server could not be reached, or did not let us in.</exception>
    public async Task<(RecordingSmtpClient Client, Socket Socket)> RunAsync(SmtpDialer dialer, SmtpLocalDomain localDomain, CancellationToken cancellationToken)
    {
        var socket = await ConnectAsync(dialer, cancellationToken);
        var network = new FirstByteStream(new NetworkStream(socket, ownsSocket: true));
        RecordingSmtpClient? client = null;

        try
        {
            var name = await localDomain.ForAsync(Settings, socket);
            client = new RecordingSmtpClient(Conversation) { LocalDomain = name };
            var stream = await SecureAsync(network, socket, name, cancellationToken);
            await GreetAsync(client, stream, network, socket, cancellationToken);

            if (!Pipelining)
            {
                client.Capabilities &= ~SmtpCapabilities.Pipelining;
            }

            stream.Pipelines = client.Capabilities.HasFlag(SmtpCapabilities.Pipelining);
            await SignInAsync(client, cancellationToken);

            return (client, socket);
        }
        catch (Exception e)
        {
            client?.Dispose();
            await network.DisposeAsync();

            if (SmtpFailures.IsOfConversation(e))
            {
                throw new DeliveryException(Failures.Explain(e, Configuration, Settings, Delivery.Current, Conversation), e);
            }

            throw;
        }
    }

    /// <summary>The connection to talk on: after its TLS handshake, where the configuration wants one.</summary>
    private async Task<PipelinedStream> SecureAsync(FirstByteStream network, Socket socket, string localDomain, CancellationToken cancellationToken)
    {
        if (Settings.UseSsl)
        {
            BeginTls();

            return new PipelinedStream(Conversation, await HandshakeAsync(network, cancellationToken));
        }

        if (!Settings.UseTls)
        {
            return new PipelinedStream(Conversation, network);
        }

        // What the server says unencrypted is forgotten with this client, all of it: none of it counts after the handshake (RFC 3207 section 4.2).
        using var unencrypted = new RecordingSmtpClient(Conversation) { LocalDomain = localDomain };
        await GreetAsync(unencrypted, new PipelinedStream(Conversation, network, leaveOpen: true), network, socket, cancellationToken);
        BeginTls();

        if (!unencrypted.Capabilities.HasFlag(SmtpCapabilities.StartTLS))
        {
            throw new DeliveryException(Failures.StartTlsIsNotOffered(Settings));
        }

        await unencrypted.StartTlsAsync(cancellationToken);

        return new PipelinedStream(Conversation, await HandshakeAsync(network, cancellationToken), Greeting);
    }

    private async Task<SslStream> HandshakeAsync(FirstByteStream network, CancellationToken cancellationToken)
    {
        ServerCertificate? certificate = null;
        var tls = new SslStream(network);

        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = Settings.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        // A server of revocation lists that is down would stop all mail.
                        RevocationMode = X509RevocationMode.NoCheck,

                        // A certificate names the address that a missing issuer is downloaded from: a hostile one could name any.
                        DisableCertificateDownloads = true,
                    },
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
                Settings.UseSsl && network.BeganWithTls == false ? Failures.SpeaksInClear(Settings) : Failures.Handshake(certificate, Settings),
                e);
        }
        catch
        {
            await tls.DisposeAsync();

            throw;
        }

        Delivery.Pass(DeliveryStep.Tls, VersionOf(tls), Failures.Shown(certificate));

        return tls;
    }

    private async Task<Socket> ConnectAsync(SmtpDialer dialer, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(cancellationToken);
        Delivery.Begin(DeliveryStep.Connection);

        try
        {
            return await dialer.ConnectAsync(addresses, Settings.Port, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new DeliveryException(Failures.Connection(e, Settings), e);
        }
        catch (NetworkNotAllowedException e)
        {
            throw new DeliveryException(e.SettingsProblem is { } problem ? Failures.NetworkSettingsAreInvalid(problem) : Failures.NetworkIsNotAllowed(Settings), e);
        }
    }

    private async Task<IPAddress[]> LookUpAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Settings.Host, out var address))
        {
            Delivery.Skip(DeliveryStep.LookUp);

            return [address];
        }

        Delivery.Begin(DeliveryStep.LookUp);

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Settings.Host, cancellationToken);

            if (addresses.Length == 0)
            {
                throw new SocketException((int)SocketError.NoData);
            }

            Delivery.Pass(DeliveryStep.LookUp);

            return addresses;
        }
        catch (SocketException e)
        {
            throw new DeliveryException(Failures.LookUp(e, Settings), e);
        }
    }

    /// <summary>From the server's greeting to what it can do (EHLO).</summary>
    private async Task GreetAsync(RecordingSmtpClient client, PipelinedStream stream, FirstByteStream network, Socket socket, CancellationToken cancellationToken)
    {
        var isUnencrypted = Delivery.Current == DeliveryStep.Connection;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = isUnencrypted && Delivery.IsTest
            ? new TlsProbe(Time).SpeaksTlsAtOnceAsync(network, socket.RemoteEndPoint!, Settings.Host, TimeSpan.FromSeconds(Configuration.TimeoutSeconds), giveUp.Token)
            : TlsProbe.NeverAsync(giveUp.Token);
        var connect = client.ConnectAsync(stream, Settings.Host, Settings.Port, SecureSocketOptions.None, giveUp.Token);

        try
        {
            if (await Task.WhenAny(connect, probe) == probe && await probe)
            {
                BeginTls();

                throw new DeliveryException(Failures.SpeaksTlsAtOnce(Settings));
            }

            await connect;
        }
        catch (SmtpProtocolException e) when (isUnencrypted && network.BeganWithTls == true)
        {
            BeginTls();

            throw new DeliveryException(Failures.SpeaksTlsAtOnce(Settings), e);
        }
        catch (SmtpProtocolException e) when (Conversation.HasReply && Conversation.LastCode is null)
        {
            throw new DeliveryException(Failures.IsNoSmtpServer(Settings), e);
        }
        finally
        {
            // What was given up, and whose outcome is known already by another way.
            await giveUp.CancelAsync();
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)probe).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isUnencrypted && !Settings.UseTls)
        {
            Delivery.Pass(DeliveryStep.Connection);
            Delivery.Skip(DeliveryStep.Tls);
        }
    }

    private void BeginTls()
    {
        Delivery.Pass(DeliveryStep.Connection);
        Delivery.Begin(DeliveryStep.Tls);
    }

    private async Task SignInAsync(RecordingSmtpClient client, CancellationToken cancellationToken)
    {
        if (Password is null)
        {
            Delivery.Skip(DeliveryStep.SignIn);

            return;
        }

        Delivery.Begin(DeliveryStep.SignIn);
        Conversation.Secrets = SecretEcho.OfPassword(Configuration.Username, Password);

        if (!client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw new DeliveryException(Failures.SignInIsNotOffered(Settings));
        }

        var mechanisms = new Queue<SaslMechanism>(SmtpSignIn.Choose(client, Settings.IsSecure, new NetworkCredential(Configuration.Username, Password)));

        if (mechanisms.Count == 0)
        {
            throw new DeliveryException(Failures.NoMechanismInCommon(Settings, client.AuthenticationMechanisms));
        }

        while (!await TrySignInAsync(client, mechanisms.Dequeue(), mechanisms.Count > 0, cancellationToken))
        {
            // The server announced a mechanism that it doesn't know (504), and has looked at no password.
        }

        Delivery.Pass(DeliveryStep.SignIn, Conversation.Mechanism);
    }

    private async Task<bool> TrySignInAsync(RecordingSmtpClient client, SaslMechanism mechanism, bool hasNext, CancellationToken cancellationToken)
    {
        try
        {
            await client.AuthenticateAsync(mechanism, cancellationToken);

            return true;
        }
        catch (AuthenticationException) when (hasNext && client.IsConnected && Conversation.LastCode == (int)SmtpStatusCode.CommandParameterNotImplemented)
        {
            return false;
        }
        catch (AuthenticationException e)
        {
            throw new DeliveryException(
                Failures.SignIn(Configuration, Settings, Password!, Conversation),
                Conversation.LastCode is { } code ? new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, (SmtpStatusCode)code, Conversation.LastText) : e);
        }
        catch (ArgumentException e)
        {
            // SASLprep (RFC 4013) knows characters that no password may have.
            throw new DeliveryException(Failures.PasswordCannotBeUsed(Configuration), e);
        }
    }

    private static string VersionOf(SslStream tls) => tls.SslProtocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        var other => other.ToString(),
    };
}
