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
    /// <summary>The greeting for the client that takes over after STARTTLS. The server greets only once, before it.</summary>
    private static readonly byte[] SubstituteGreeting = "220 TLS\r\n"u8.ToArray();

    /// <summary>The server's configuration.</summary>
    public required OutgoingMailConfiguration Configuration { get; init; }

    /// <summary>The server's settings.</summary>
    public required SmtpServerSettings Settings { get; init; }

    /// <summary>The password to sign in with; null if the server needs no sign-in.</summary>
    public required string? Password { get; init; }

    /// <summary>Records each step.</summary>
    public required DeliveryTrace Delivery { get; init; }

    /// <summary>Explains errors.</summary>
    public required SmtpErrors Failures { get; init; }

    /// <summary>Whether commands may be pipelined if the server supports it.</summary>
    public required bool Pipelining { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The conversation with the server.</summary>
    public SmtpProtocolTracker Conversation { get; } = new();

    /// <summary>Opens the connection.</summary>
    /// <exception cref="DeliveryException">The server couldn't be reached, or didn't accept the connection or the sign-in.</exception>
    public async Task<(TrackingSmtpClient Client, Socket Socket)> ConnectAsync(HappyEyeballsConnector dialer, SmtpLocalDomainResolver localDomain, CancellationToken cancellationToken)
    {
        var socket = await ConnectSocketAsync(dialer, cancellationToken);
        var network = new TlsDetectionStream(new NetworkStream(socket, ownsSocket: true));
        TrackingSmtpClient? client = null;

        try
        {
            var name = await localDomain.GetAsync(Settings, socket);
            client = new TrackingSmtpClient(Conversation) { LocalDomain = name };
            var stream = await NegotiateTlsAsync(network, socket, name, cancellationToken);
            await GreetAsync(client, stream, network, socket, cancellationToken);

            if (!Pipelining)
            {
                client.Capabilities &= ~SmtpCapabilities.Pipelining;
            }

            stream.IsPipeliningEnabled = client.Capabilities.HasFlag(SmtpCapabilities.Pipelining);
            await SignInAsync(client, cancellationToken);

            return (client, socket);
        }
        catch (Exception e)
        {
            client?.Dispose();
            await network.DisposeAsync();

            if (SmtpErrors.IsSmtpException(e))
            {
                throw new DeliveryException(Failures.Explain(e, Configuration, Settings, Delivery.CurrentStep, Conversation), e);
            }

            throw;
        }
    }

    /// <summary>Returns the stream to use, after the TLS handshake if the configuration requires one.</summary>
    private async Task<SmtpPipeliningStream> NegotiateTlsAsync(TlsDetectionStream network, Socket socket, string localDomain, CancellationToken cancellationToken)
    {
        if (Settings.UseSsl)
        {
            BeginTls();

            return new SmtpPipeliningStream(Conversation, await AuthenticateTlsAsync(network, cancellationToken));
        }

        if (!Settings.UseTls)
        {
            return new SmtpPipeliningStream(Conversation, network);
        }

        // Everything that the server says unencrypted is discarded with this client: none of it counts after the handshake (RFC 3207 section 4.2).
        using var unencrypted = new TrackingSmtpClient(Conversation) { LocalDomain = localDomain };
        await GreetAsync(unencrypted, new SmtpPipeliningStream(Conversation, network, leaveOpen: true), network, socket, cancellationToken);
        BeginTls();

        if (!unencrypted.Capabilities.HasFlag(SmtpCapabilities.StartTLS))
        {
            throw new DeliveryException(Failures.StartTlsNotOffered(Settings));
        }

        await unencrypted.StartTlsAsync(cancellationToken);

        return new SmtpPipeliningStream(Conversation, await AuthenticateTlsAsync(network, cancellationToken), SubstituteGreeting);
    }

    private async Task<SslStream> AuthenticateTlsAsync(TlsDetectionStream network, CancellationToken cancellationToken)
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
                        // A revocation server that is down would stop all email.
                        RevocationMode = X509RevocationMode.NoCheck,

                        // A certificate contains the URL of a missing issuer. A malicious one could contain any URL.
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
                Settings.UseSsl && network.IsTls == false ? Failures.ImplicitTlsNotSupported(Settings) : Failures.Handshake(certificate, Settings),
                e);
        }
        catch
        {
            await tls.DisposeAsync();

            throw;
        }

        Delivery.Complete(DeliveryStep.Tls, VersionOf(tls), Failures.DescribeCertificate(certificate));

        return tls;
    }

    private async Task<Socket> ConnectSocketAsync(HappyEyeballsConnector dialer, CancellationToken cancellationToken)
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
            throw new DeliveryException(e.ConfigurationError is { } problem ? Failures.NetworkSettingsAreInvalid(problem) : Failures.NetworkNotAllowed(Settings), e);
        }
    }

    private async Task<IPAddress[]> LookUpAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Settings.Host, out var address))
        {
            Delivery.Skip(DeliveryStep.DnsLookup);

            return [address];
        }

        Delivery.Begin(DeliveryStep.DnsLookup);

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Settings.Host, cancellationToken);

            if (addresses.Length == 0)
            {
                throw new SocketException((int)SocketError.NoData);
            }

            Delivery.Complete(DeliveryStep.DnsLookup);

            return addresses;
        }
        catch (SocketException e)
        {
            throw new DeliveryException(Failures.LookUp(e, Settings), e);
        }
    }

    /// <summary>Reads the server's greeting and, after EHLO, its capabilities.</summary>
    private async Task GreetAsync(TrackingSmtpClient client, SmtpPipeliningStream stream, TlsDetectionStream network, Socket socket, CancellationToken cancellationToken)
    {
        var isUnencrypted = Delivery.CurrentStep == DeliveryStep.Connection;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = isUnencrypted && Delivery.IsTest
            ? new TlsProbe(Time).DetectImplicitTlsAsync(network, socket.RemoteEndPoint!, Settings.Host, TimeSpan.FromSeconds(Configuration.TimeoutSeconds), giveUp.Token)
            : TlsProbe.WaitForCancellationAsync(giveUp.Token);
        var connect = client.ConnectAsync(stream, Settings.Host, Settings.Port, SecureSocketOptions.None, giveUp.Token);

        try
        {
            if (await Task.WhenAny(connect, probe) == probe && await probe)
            {
                BeginTls();

                throw new DeliveryException(Failures.ImplicitTlsExpected(Settings));
            }

            await connect;
        }
        catch (SmtpProtocolException e) when (isUnencrypted && network.IsTls == true)
        {
            BeginTls();

            throw new DeliveryException(Failures.ImplicitTlsExpected(Settings), e);
        }
        catch (SmtpProtocolException e) when (Conversation.HasReply && Conversation.LastReplyCode is null)
        {
            throw new DeliveryException(Failures.NotSmtp(Settings), e);
        }
        finally
        {
            // The task that was given up has to end, but its outcome no longer matters.
            await giveUp.CancelAsync();
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)probe).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isUnencrypted && !Settings.UseTls)
        {
            Delivery.Complete(DeliveryStep.Connection);
            Delivery.Skip(DeliveryStep.Tls);
        }
    }

    private void BeginTls()
    {
        Delivery.Complete(DeliveryStep.Connection);
        Delivery.Begin(DeliveryStep.Tls);
    }

    private async Task SignInAsync(TrackingSmtpClient client, CancellationToken cancellationToken)
    {
        if (Password is null)
        {
            Delivery.Skip(DeliveryStep.SignIn);

            return;
        }

        Delivery.Begin(DeliveryStep.SignIn);
        Conversation.Secrets = SecretDetector.ForPassword(Configuration.Username, Password);

        if (!client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
        {
            throw new DeliveryException(Failures.SignInNotOffered(Settings));
        }

        var mechanisms = new Queue<SaslMechanism>(SaslMechanismSelector.Select(client, Settings.IsSecure, new NetworkCredential(Configuration.Username, Password)));

        if (mechanisms.Count == 0)
        {
            throw new DeliveryException(Failures.NoMechanismInCommon(Settings, client.AuthenticationMechanisms));
        }

        while (!await TrySignInAsync(client, mechanisms.Dequeue(), mechanisms.Count > 0, cancellationToken))
        {
            // The server announced a mechanism that it doesn't support (504), and hasn't checked the password.
        }

        Delivery.Complete(DeliveryStep.SignIn, Conversation.Mechanism);
    }

    private async Task<bool> TrySignInAsync(TrackingSmtpClient client, SaslMechanism mechanism, bool hasNext, CancellationToken cancellationToken)
    {
        try
        {
            await client.AuthenticateAsync(mechanism, cancellationToken);

            return true;
        }
        catch (AuthenticationException) when (hasNext && client.IsConnected && Conversation.LastReplyCode == (int)SmtpStatusCode.CommandParameterNotImplemented)
        {
            return false;
        }
        catch (AuthenticationException e)
        {
            throw new DeliveryException(
                Failures.SignIn(Configuration, Settings, Password!, Conversation),
                Conversation.LastReplyCode is { } code ? new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, (SmtpStatusCode)code, Conversation.LastReplyText) : e);
        }
        catch (ArgumentException e)
        {
            // SASLprep (RFC 4013) prohibits some characters in passwords.
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
