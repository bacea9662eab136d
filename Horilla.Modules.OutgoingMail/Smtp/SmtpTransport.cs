using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using OrchardCore.Entities;
using AuthenticationException = MailKit.Security.AuthenticationException;
using IMailTransport = Horilla.Modules.OutgoingMail.Sending.IMailTransport;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Sends by SMTP, on a connection of its own for each message.</summary>
public sealed class SmtpTransport(SecretProtector secrets, SmtpFailures failures, TimeProvider time) : IMailTransport
{
    /// <summary>How long a server may take to answer QUIT.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public string ServerType => SmtpServerType.TechnicalName;

    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } =
    [
        DeliveryStep.LookUp, DeliveryStep.Connection, DeliveryStep.Tls, DeliveryStep.SignIn, DeliveryStep.Sender, DeliveryStep.Recipient, DeliveryStep.Content,
    ];

    /// <inheritdoc />
    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<SmtpServerSettings>();
        var password = ReadPassword(configuration, settings);
        var conversation = new SmtpConversation { StartingTls = () => BeginTls(delivery) };

        using var client = new RecordingSmtpClient(conversation, delivery, (mailbox, response) => failures.RecipientRefused(mailbox, response, configuration, settings));
        using var stream = new FirstByteStream(await ConnectAsync(settings, delivery, cancellationToken));

        try
        {
            await GreetAsync(client, stream, configuration, settings, delivery, cancellationToken);
            await SignInAsync(client, configuration, settings, password, conversation, delivery, cancellationToken);
            delivery.Begin(DeliveryStep.Sender);
            var response = await client.SendAsync(FormatFor(client, configuration, message), message, cancellationToken);
            delivery.Pass(DeliveryStep.Content, SizeOf(message));
            await QuitAsync(client);

            return response;
        }
        catch (Exception e) when (e is SmtpCommandException or SmtpProtocolException or ServiceNotAuthenticatedException or ServiceNotConnectedException or IOException or SocketException)
        {
            throw new DeliveryException(failures.Explain(e, configuration, settings, delivery.Current, conversation), e);
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryRecorder delivery)
        => failures.Timeout(configuration, configuration.GetOrCreate<SmtpServerSettings>(), delivery);

    private async Task<NetworkStream> ConnectAsync(SmtpServerSettings settings, DeliveryRecorder delivery, CancellationToken cancellationToken)
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

        return new NetworkStream(socket, ownsSocket: true);
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
            await giveUp.CancelAsync();
            await EndAsync(connect);
            await EndAsync(probe);
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

    /// <summary>Addresses beyond ASCII take a server with SMTPUTF8 (RFC 6531); a domain alone has an ASCII form too.</summary>
    private FormatOptions FormatFor(RecordingSmtpClient client, OutgoingMailConfiguration configuration, MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();

        // Blind copies are on the envelope alone (RFC 5322 section 3.6.3): MailKit hides them only where it is given no options.
        format.HiddenHeaders.Add(HeaderId.Bcc);
        var addresses = message.GetRecipients().Select(mailbox => (Mailbox: mailbox, Step: DeliveryStep.Recipient)).Concat(message.From.Mailboxes.Select(mailbox => (Mailbox: mailbox, Step: DeliveryStep.Sender)));

        if (addresses.FirstOrDefault(address => !Ascii.IsValid(address.Mailbox.LocalPart)) is { Mailbox: { } international, Step: var step })
        {
            format.International = client.Capabilities.HasFlag(SmtpCapabilities.UTF8)
                ? true
                : throw new DeliveryException(failures.AddressIsInternational(configuration.GetOrCreate<SmtpServerSettings>(), international, step));
        }

        return format;
    }

    /// <summary>Takes leave of the server. The mail is accepted: whatever comes of this cannot change that.</summary>
    private async Task QuitAsync(RecordingSmtpClient client)
    {
        using var limit = new CancellationTokenSource(LeaveLimit, time);
        await EndAsync(client.DisconnectAsync(quit: true, limit.Token));
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

    /// <summary>Waits for what was given up, and whose outcome is known already by another way.</summary>
    private static async Task EndAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static string VersionOf(RecordingSmtpClient client) => client.SslProtocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        var other => other.ToString(),
    };

    private static string SizeOf(MimeMessage message)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        message.WriteTo(measure);

        return measure.Length < 1024 * 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{measure.Length / 1024d:0.0} KB")
            : string.Create(CultureInfo.InvariantCulture, $"{measure.Length / 1024d / 1024d:0.0} MB");
    }
}
