using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>An open connection to a server, signed in where that is wanted. Used by one message at a time.</summary>
/// <param name="client">The client, connected.</param>
/// <param name="conversation">What it says and hears.</param>
/// <param name="socket">What it is connected by.</param>
/// <param name="opening">How the steps of its opening went.</param>
/// <param name="time">The clock.</param>
internal sealed class SmtpConnection(RecordingSmtpClient client, SmtpConversation conversation, Socket socket, IReadOnlyList<DeliveryStepReport> opening, TimeProvider time)
{
    /// <summary>How long a server may take to answer QUIT.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long a server may take to say that it is still there.</summary>
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _closing = new();
    private long _idleSince = time.GetTimestamp();
    private Task? _closed;

    /// <summary>How the steps of its opening went.</summary>
    public IReadOnlyList<DeliveryStepReport> Opening { get; } = opening;

    /// <summary>What was said and heard.</summary>
    public SmtpConversation Conversation => conversation;

    /// <summary>What the server can do.</summary>
    public SmtpCapabilities Capabilities => client.Capabilities;

    /// <summary>How many messages it was used for.</summary>
    public int Messages { get; private set; }

    /// <summary>Whether another message can go through it.</summary>
    public bool IsOpen => client.IsConnected;

    /// <summary>How long it has been waiting for a message.</summary>
    public TimeSpan Idle => time.GetElapsedTime(_idleSince);

    /// <summary>
    /// Whether the server has said something that nobody asked for, or has closed the connection. Both are to be read
    /// from the socket without waiting.
    /// </summary>
    public bool HasPendingData => socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Whether the server did not say in time that it is still there.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Sends a message in one transaction.</summary>
    /// <returns>What the server answered, and the recipients that it accepts in a further transaction alone.</returns>
    public async Task<(string Response, IReadOnlyList<MailboxAddress> Deferred)> SendAsync(
        FormatOptions format,
        MimeMessage message,
        IReadOnlyList<MailboxAddress> recipients,
        DeliveryRecorder delivery,
        Func<MailboxAddress, SmtpResponse, RecipientRefusal> explain,
        CancellationToken cancellationToken)
    {
        Messages++;
        conversation.BeginMessage();
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

    /// <summary>Asks the server whether it is still there.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(CheckLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var asked = client.NoOpAsync(both.Token);

        // Whatever it says instead, and however it breaks: there is no mail that could be lost by not using it.
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        TimedOut = limit.IsCancellationRequested;

        return asked.IsCompletedSuccessfully && IsOpen;
    }

    /// <summary>Takes leave of the server, and closes the connection. Whatever comes of this changes nothing for any mail. Thread-safe.</summary>
    public Task CloseAsync()
    {
        lock (_closing)
        {
            return _closed ??= LeaveAsync();
        }
    }

    /// <summary>Closes the connection without a word.</summary>
    public void Abort() => client.Dispose();

    private async Task LeaveAsync()
    {
        using (client)
        {
            if (!IsOpen)
            {
                return;
            }

            using var limit = new CancellationTokenSource(LeaveLimit, time);
            await client.DisconnectAsync(quit: true, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
