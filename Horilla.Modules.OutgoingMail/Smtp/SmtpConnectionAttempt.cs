using System.Net;
using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Networks;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>One attempt to open a connection. Used once.</summary>
/// <param name="context">What its steps share.</param>
/// <param name="pipelining">Whether commands may be pipelined if the server supports it.</param>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnectionAttempt(SmtpAttemptContext context, bool pipelining, TimeProvider time)
{
    /// <summary>The greeting for the client that takes over after STARTTLS. The server greets only once, before it.</summary>
    private static readonly byte[] SubstituteGreeting = "220 TLS\r\n"u8.ToArray();

    /// <summary>Opens the connection.</summary>
    /// <exception cref="DeliveryException">The server couldn't be reached, or didn't accept the connection or the sign-in.</exception>
    public async Task<(TrackingSmtpClient Client, Socket Socket)> ConnectAsync(HappyEyeballsConnector socketConnector, SmtpLocalDomainResolver localDomain, CancellationToken cancellationToken)
    {
        var socket = await ConnectSocketAsync(socketConnector, cancellationToken);
        var networkStream = new TlsDetectionStream(new NetworkStream(socket, ownsSocket: true));
        TrackingSmtpClient? client = null;

        try
        {
            var name = await localDomain.GetAsync(context.Settings, socket);
            client = new TrackingSmtpClient(context.Protocol) { LocalDomain = name };
            var stream = await NegotiateTlsAsync(networkStream, socket, name, cancellationToken);
            await ConnectClientAsync(client, stream, networkStream, socket, cancellationToken);

            if (!pipelining)
            {
                client.Capabilities &= ~SmtpCapabilities.Pipelining;
            }

            stream.IsPipeliningEnabled = client.Capabilities.HasFlag(SmtpCapabilities.Pipelining);
            await new SmtpAuthentication(context).SignInAsync(client, cancellationToken);

            return (client, socket);
        }
        catch (Exception e)
        {
            client?.Dispose();
            await networkStream.DisposeAsync();

            if (SmtpErrors.IsSmtpException(e))
            {
                throw new DeliveryException(context.Errors.Explain(e, context.Configuration, context.Settings, context.Delivery.CurrentStep, context.Protocol), e);
            }

            throw;
        }
    }

    /// <summary>Returns the stream to use, after the TLS handshake if the configuration requires one.</summary>
    private async Task<SmtpPipeliningStream> NegotiateTlsAsync(TlsDetectionStream networkStream, Socket socket, string localDomain, CancellationToken cancellationToken)
    {
        if (context.Settings.UseSsl)
        {
            BeginTls();

            return new SmtpPipeliningStream(context.Protocol, await new SmtpTlsHandshake(context).AuthenticateAsync(networkStream, cancellationToken));
        }

        if (!context.Settings.UseTls)
        {
            return new SmtpPipeliningStream(context.Protocol, networkStream);
        }

        // Everything that the server says unencrypted is discarded with this client: none of it counts after the handshake (RFC 3207 section 4.2).
        using var unencrypted = new TrackingSmtpClient(context.Protocol) { LocalDomain = localDomain };
        await ConnectClientAsync(unencrypted, new SmtpPipeliningStream(context.Protocol, networkStream, leaveOpen: true), networkStream, socket, cancellationToken);
        BeginTls();

        if (!unencrypted.Capabilities.HasFlag(SmtpCapabilities.StartTLS))
        {
            throw new DeliveryException(context.Errors.Tls.StartTlsNotOffered(context.Settings));
        }

        await unencrypted.StartTlsAsync(cancellationToken);

        return new SmtpPipeliningStream(context.Protocol, await new SmtpTlsHandshake(context).AuthenticateAsync(networkStream, cancellationToken), SubstituteGreeting);
    }

    private async Task<Socket> ConnectSocketAsync(HappyEyeballsConnector socketConnector, CancellationToken cancellationToken)
    {
        var addresses = await ResolveHostAsync(cancellationToken);
        context.Delivery.Begin(DeliveryStep.Connection);

        try
        {
            return await socketConnector.ConnectAsync(addresses, context.Settings.Port, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new DeliveryException(context.Errors.Connection(e, context.Settings), e);
        }
        catch (NetworkNotAllowedException e)
        {
            throw new DeliveryException(e.ConfigurationError is { } configurationError ? context.Errors.NetworkSettingsInvalid(configurationError) : context.Errors.NetworkNotAllowed(context.Settings), e);
        }
    }

    private async Task<IPAddress[]> ResolveHostAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(context.Settings.Host, out var address))
        {
            context.Delivery.Skip(DeliveryStep.DnsLookup);

            return [address];
        }

        context.Delivery.Begin(DeliveryStep.DnsLookup);

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(context.Settings.Host, cancellationToken);

            if (addresses.Length == 0)
            {
                throw new SocketException((int)SocketError.NoData);
            }

            context.Delivery.Complete(DeliveryStep.DnsLookup);

            return addresses;
        }
        catch (SocketException e)
        {
            throw new DeliveryException(context.Errors.LookUp(e, context.Settings), e);
        }
    }

    /// <summary>Reads the server's greeting and, after EHLO, its capabilities.</summary>
    private async Task ConnectClientAsync(TrackingSmtpClient client, SmtpPipeliningStream stream, TlsDetectionStream networkStream, Socket socket, CancellationToken cancellationToken)
    {
        var isUnencrypted = context.Delivery.CurrentStep == DeliveryStep.Connection;
        using var attemptCancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = isUnencrypted && context.Delivery.IsTest
            ? new TlsProbe(time).DetectImplicitTlsAsync(networkStream, socket.RemoteEndPoint!, context.Settings.Host, TimeSpan.FromSeconds(context.Configuration.TimeoutSeconds), attemptCancellation.Token)
            : TlsProbe.WaitForCancellationAsync(attemptCancellation.Token);
        var connect = client.ConnectAsync(stream, context.Settings.Host, context.Settings.Port, SecureSocketOptions.None, attemptCancellation.Token);

        try
        {
            if (await Task.WhenAny(connect, probe) == probe && await probe)
            {
                BeginTls();

                throw new DeliveryException(context.Errors.Tls.ImplicitTlsExpected(context.Settings));
            }

            await connect;
        }
        catch (SmtpProtocolException e) when (isUnencrypted && networkStream.IsTls == true)
        {
            BeginTls();

            throw new DeliveryException(context.Errors.Tls.ImplicitTlsExpected(context.Settings), e);
        }
        catch (SmtpProtocolException e) when (context.Protocol.HasReply && context.Protocol.LastReplyCode is null)
        {
            throw new DeliveryException(context.Errors.NotSmtp(context.Settings), e);
        }
        finally
        {
            // The task that was given up has to end, but its outcome no longer matters.
            await attemptCancellation.CancelAsync();
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)probe).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isUnencrypted && !context.Settings.UseTls)
        {
            context.Delivery.Complete(DeliveryStep.Connection);
            context.Delivery.Skip(DeliveryStep.Tls);
        }
    }

    private void BeginTls()
    {
        context.Delivery.Complete(DeliveryStep.Connection);
        context.Delivery.Begin(DeliveryStep.Tls);
    }
}
