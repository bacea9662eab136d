using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>An open connection to a server, signed in if required. Used by one message at a time.</summary>
/// <param name="client">The connected client.</param>
/// <param name="protocol">The conversation with the server.</param>
/// <param name="socket">The socket of the connection.</param>
/// <param name="openingSteps">The steps that opened the connection.</param>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnection(TrackingSmtpClient client, SmtpProtocolTracker protocol, Socket socket, IReadOnlyList<DeliveryStepReport> openingSteps, TimeProvider time)
{
    /// <summary>How long a server may take to answer QUIT.</summary>
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long a server may take to answer NOOP.</summary>
    private static readonly TimeSpan NoOpTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _closeLock = new();
    private long _idleSince = time.GetTimestamp();
    private Task? _closeTask;

    /// <summary>The steps that opened the connection.</summary>
    public IReadOnlyList<DeliveryStepReport> OpeningSteps { get; } = openingSteps;

    /// <summary>The conversation with the server.</summary>
    public SmtpProtocolTracker Protocol => protocol;

    /// <summary>The capabilities of the server.</summary>
    public SmtpCapabilities Capabilities => client.Capabilities;

    /// <summary>The number of messages that it was used for.</summary>
    public int MessageCount { get; private set; }

    /// <summary>Whether it can be used for another message.</summary>
    public bool IsOpen => client.IsConnected;

    /// <summary>How long it has been idle.</summary>
    public TimeSpan IdleTime => time.GetElapsedTime(_idleSince);

    /// <summary>
    /// Whether the server has sent unsolicited data or closed the connection. Both make the socket readable without
    /// waiting.
    /// </summary>
    public bool HasPendingData => socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Whether the server didn't answer NOOP in time.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Sends a message in one transaction.</summary>
    /// <returns>The server's reply, and the recipients that it accepts only in another transaction.</returns>
    public async Task<(string Response, IReadOnlyList<MailboxAddress> Deferred)> SendAsync(
        FormatOptions format,
        MimeMessage message,
        IReadOnlyList<MailboxAddress> recipients,
        DeliveryTrace delivery,
        Func<MailboxAddress, SmtpResponse, RecipientRefusal> explain,
        CancellationToken cancellationToken)
    {
        MessageCount++;
        protocol.BeginMessage(delivery.BeginContentAsync);
        client.BeginMessage(delivery, explain);

        try
        {
            var response = await client.SendAsync(format, message, message.Sender ?? message.From.Mailboxes.First(), recipients, cancellationToken);

            return (response, [.. client.Deferred]);
        }
        finally
        {
            client.EndMessage();
            _idleSince = time.GetTimestamp();
        }
    }

    /// <summary>Checks with NOOP whether the server still answers.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(NoOpTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var noOp = client.NoOpAsync(linked.Token);

        // On any other reply or error, the connection isn't used, so no message can be lost.
        await noOp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        TimedOut = timeout.IsCancellationRequested;

        return noOp.IsCompletedSuccessfully && IsOpen;
    }

    /// <summary>Sends QUIT and closes the connection. Errors are ignored, because they affect no message. Thread-safe.</summary>
    public Task CloseAsync()
    {
        lock (_closeLock)
        {
            return _closeTask ??= QuitAsync();
        }
    }

    /// <summary>Closes the connection without QUIT.</summary>
    public void Abort() => client.Dispose();

    private async Task QuitAsync()
    {
        using (client)
        {
            if (!IsOpen)
            {
                return;
            }

            using var timeout = new CancellationTokenSource(QuitTimeout, time);
            await client.DisconnectAsync(quit: true, timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
