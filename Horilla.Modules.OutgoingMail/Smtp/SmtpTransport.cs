using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using OrchardCore.Entities;
using IMailTransport = Horilla.Modules.OutgoingMail.Sending.IMailTransport;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Sends by SMTP, on connections that are kept for the next message. One that broke while it was kept costs nothing but
/// another one: see <see cref="SmtpConversation.ContentHasBegun"/> for how it is known that the message cannot arrive twice.
/// </summary>
public sealed class SmtpTransport(SmtpConnectionPools pools, SmtpConnector connector, SmtpFailures failures, TimeProvider time) : IMailTransport
{
    /// <summary>How long a server may take to notice that a connection is gone, if it counts them.</summary>
    private static readonly TimeSpan Recount = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public string ServerType => SmtpServerType.TechnicalName;

    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } =
    [
        DeliveryStep.LookUp, DeliveryStep.Connection, DeliveryStep.Tls, DeliveryStep.SignIn, DeliveryStep.Sender, DeliveryStep.Recipient, DeliveryStep.Content,
    ];

    /// <inheritdoc />
    public int MostAtOnce(OutgoingMailConfiguration configuration) => pools.For(configuration).Settings.MaxConnections;

    /// <inheritdoc />
    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var pool = pools.For(configuration);
        var mayStillBeCounted = false;

        while (true)
        {
            using var place = await pool.EnterAsync(cancellationToken);
            delivery.Begin(DeliveryStep.Connection);

            while (await place.TakeIdleAsync(cancellationToken) is { } kept)
            {
                if (!delivery.IsTest && await TrySendAsync(kept) is { } response)
                {
                    return response;
                }

                await place.CloseConnectionAsync();
                delivery.BeginAnew();
                mayStillBeCounted = true;

                if (delivery.IsTest)
                {
                    // It tries the whole way, in the place of this one.
                    break;
                }
            }

            if (await TryOpenAsync(place) is { } opened)
            {
                return await SendAsync(opened, configuration, pool.Settings, message, delivery, cancellationToken);
            }

            delivery.BeginAnew();
        }

        // Null where the connection broke, or the server took leave, before it could have the message.
        async Task<string?> TrySendAsync(SmtpConnection connection)
        {
            delivery.Resume(connection.Opening);

            try
            {
                return await SendAsync(connection, configuration, pool.Settings, message, delivery, cancellationToken);
            }
            catch (DeliveryException e) when (!connection.Conversation.ContentHasBegun && (IsBroken(e.InnerException) || IsServiceNotAvailable(e)))
            {
                return null;
            }
        }

        // Null where the server takes no more connections than there are, or than there just were.
        async Task<SmtpConnection?> TryOpenAsync(SmtpPlace place)
        {
            try
            {
                return place.Use(await connector.OpenAsync(configuration, pool.Settings, delivery, cancellationToken));
            }
            catch (DeliveryException e) when (IsTurnedAway(e) && (mayStillBeCounted || place.TryYield()))
            {
                if (mayStillBeCounted)
                {
                    mayStillBeCounted = false;
                    await Task.Delay(Recount, time, cancellationToken);
                }

                return null;
            }
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryRecorder delivery)
        => failures.Timeout(configuration, configuration.GetOrCreate<SmtpServerSettings>(), delivery);

    private async Task<string> SendAsync(SmtpConnection connection, OutgoingMailConfiguration configuration, SmtpServerSettings settings, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        delivery.Begin(DeliveryStep.Sender);
        var format = FormatFor(connection, settings, message);

        try
        {
            var response = await connection.SendAsync(
                format,
                message,
                delivery,
                (mailbox, refused) => failures.RecipientRefused(mailbox, refused, configuration, settings),
                cancellationToken);
            delivery.Pass(DeliveryStep.Content, SizeOf(connection.Conversation.ContentLength));

            return response;
        }
        catch (Exception e) when (SmtpFailures.IsOfConversation(e))
        {
            throw new DeliveryException(failures.Explain(e, configuration, settings, delivery.Current, connection.Conversation), e);
        }
        finally
        {
            delivery.ContentHasBegun = connection.Conversation.ContentHasBegun;
        }
    }

    /// <summary>Whether the server said 421: it serves nobody, or nobody more, and closes (RFC 5321 section 3.8).</summary>
    private static bool IsServiceNotAvailable(Exception? e)
        => e is not null && (e is SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } || IsServiceNotAvailable(e.InnerException));

    /// <summary>Whether the server takes no connection now: it says so, or does not even greet.</summary>
    private static bool IsTurnedAway(DeliveryException e)
        => IsServiceNotAvailable(e) || (e.Error.Step == DeliveryStep.Connection && e.InnerException is SmtpProtocolException or IOException);

    private static bool IsBroken(Exception? e) => e is SocketException or SmtpProtocolException or IOException or ServiceNotConnectedException;

    /// <summary>Addresses beyond ASCII take a server with SMTPUTF8 (RFC 6531); a domain alone has an ASCII form too.</summary>
    private FormatOptions FormatFor(SmtpConnection connection, SmtpServerSettings settings, MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();

        // Blind copies are on the envelope alone (RFC 5322 section 3.6.3): MailKit hides them only where it is given no options.
        format.HiddenHeaders.Add(HeaderId.Bcc);
        var addresses = message.GetRecipients().Select(mailbox => (Mailbox: mailbox, Step: DeliveryStep.Recipient)).Concat(message.From.Mailboxes.Select(mailbox => (Mailbox: mailbox, Step: DeliveryStep.Sender)));

        if (addresses.FirstOrDefault(address => !Ascii.IsValid(address.Mailbox.LocalPart)) is { Mailbox: { } international, Step: var step })
        {
            format.International = connection.Capabilities.HasFlag(SmtpCapabilities.UTF8)
                ? true
                : throw new DeliveryException(failures.AddressIsInternational(settings, international, step));
        }

        return format;
    }

    private static string SizeOf(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.0} MB");
}
