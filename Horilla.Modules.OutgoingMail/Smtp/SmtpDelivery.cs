using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// One message on its way through a pool of connections. A connection that broke while it was kept, or that the server has
/// had enough of, costs nothing but another one: see <see cref="SmtpConversation.ContentHasBegun"/> for how it is known that
/// the message cannot arrive twice. Used once.
/// </summary>
internal sealed class SmtpDelivery(
    SmtpConnectionPool pool,
    SmtpConnector connector,
    SmtpFailures failures,
    OutgoingMailConfiguration configuration,
    MimeMessage message,
    DeliveryRecorder delivery,
    TimeProvider time)
{
    /// <summary>How long a server that counts connections may take to notice that one is gone.</summary>
    private static readonly TimeSpan RecountDelay = TimeSpan.FromSeconds(1);

    private readonly SmtpServerSettings _settings = pool.Settings;

    /// <summary>Whether a connection was closed that the server may still count.</summary>
    private bool _mayStillBeCounted;

    /// <summary>
    /// How many messages a kept connection carried when the server accepted no further one; null for no such connection. The
    /// message then goes on a new one, and on no other after it.
    /// </summary>
    private int? _carriedBefore;

    /// <summary>Whether that number says something of the server. 421 may be said for any reason, and is no error of the message.</summary>
    private bool _hasLearned;

    /// <summary>What the server answered when it accepted the message for the first recipients; null before that.</summary>
    private string? _response;

    /// <summary>The recipients for whom the server does not have the message yet; null before the first try.</summary>
    private IReadOnlyList<MailboxAddress>? _recipients;

    /// <summary>Sends the message.</summary>
    /// <returns>What the server answered.</returns>
    /// <exception cref="DeliveryException">The server did not accept the message, or could not be reached.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryRunAsync(cancellationToken);
        }
        catch (Exception e) when (_response is not null && ErrorOf(e) is { } error)
        {
            // The server has the message for others: those who are left were refused, and it is not sent to all again.
            foreach (var recipient in _recipients!.Where(recipient => delivery.Refused.All(refusal => refusal.Address != recipient.Address)))
            {
                delivery.Refuse(new RecipientRefusal { Address = recipient.Address, Error = error with { Step = DeliveryStep.Recipient } });
            }

            delivery.Pass(DeliveryStep.Content);

            return _response;
        }
    }

    private async Task<string> TryRunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var lease = await pool.RentAsync(cancellationToken);
            delivery.Begin(DeliveryStep.Connection);

            if (await TrySendKeptAsync(lease, cancellationToken) is { } response)
            {
                return response;
            }

            if (await TryOpenAsync(lease, cancellationToken) is { } opened && await TrySendNewAsync(lease, opened, cancellationToken) is { } answer)
            {
                return answer;
            }

            delivery.BeginAnew(keepsRefused: _response is not null);
        }
    }

    /// <summary>Sends on a connection that is open already. Null where there is none that can be used.</summary>
    private async Task<string?> TrySendKeptAsync(SmtpConnectionLease lease, CancellationToken cancellationToken)
    {
        while (_carriedBefore is null && await lease.TakeIdleAsync(cancellationToken) is { } kept)
        {
            if (!delivery.IsTest && await TrySendAsync(kept) is { } response)
            {
                return response;
            }

            // A test message tries the whole way, in the place of this connection.
            await lease.CloseConnectionAsync();
            delivery.BeginAnew(keepsRefused: _response is not null);
            _mayStillBeCounted = true;

            if (delivery.IsTest)
            {
                break;
            }
        }

        return null;

        async Task<string?> TrySendAsync(SmtpConnection kept)
        {
            delivery.Resume(kept.Opening);

            try
            {
                return await SendAsync(kept, cancellationToken);
            }
            catch (DeliveryException e) when (IsBroken(e) && !kept.Conversation.ContentHasBegun)
            {
                return null;
            }
            catch (DeliveryException e) when (ReplyIn(e) is { IsTemporary: true })
            {
                // The server said that it does not have the message, whatever the stage.
                _carriedBefore = kept.Messages - 1;
                _hasLearned = ReplyIn(e) is not { Code: (int)SmtpStatusCode.ServiceNotAvailable };

                return null;
            }
        }
    }

    /// <summary>Opens a connection. Null where the server accepts no more of them than there are, or than there just were.</summary>
    private async Task<SmtpConnection?> TryOpenAsync(SmtpConnectionLease lease, CancellationToken cancellationToken)
    {
        try
        {
            var opened = _settings.NeedsNoSignIn
                ? await OpenAsync()
                : await pool.SignInGate.OpenAsync(OpenAsync, () => pool.HasConnection, delivery.IsTest, failures.SignInIsPaused, cancellationToken);

            return lease.Use(opened);
        }
        catch (DeliveryException e) when (IsTurnedAway(e) && (_mayStillBeCounted || lease.TryBackOff()))
        {
            if (_mayStillBeCounted)
            {
                _mayStillBeCounted = false;
                await Task.Delay(RecountDelay, time, cancellationToken);
            }

            return null;
        }

        Task<SmtpConnection> OpenAsync() => connector.OpenAsync(configuration, _settings, delivery, cancellationToken);
    }

    /// <summary>Sends on a connection that was opened for it. Null where the server counts connections at the sender only, and has enough of them.</summary>
    private async Task<string?> TrySendNewAsync(SmtpConnectionLease lease, SmtpConnection opened, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(opened, cancellationToken);

            if (_hasLearned && _carriedBefore is { } carried)
            {
                pool.LimitMessages(carried);
            }

            return response;
        }
        catch (DeliveryException e) when (_carriedBefore is null && opened.Messages > 1 && (ReplyIn(e) is { IsTemporary: true } || (IsBroken(e) && !opened.Conversation.ContentHasBegun)))
        {
            // It has the message for some recipients, and accepts no more on this connection.
            await lease.CloseConnectionAsync();
            _carriedBefore = opened.Messages;

            return null;
        }
        catch (DeliveryException e) when (_carriedBefore is null && !delivery.IsTest && e.Error.Step == DeliveryStep.Sender && ReplyIn(e) is { IsTemporary: true, IsAboutAddress: false })
        {
            await lease.CloseConnectionAsync();

            if (!lease.TryBackOff())
            {
                throw;
            }

            return null;
        }
    }

    private async Task<string> SendAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        delivery.Begin(DeliveryStep.Sender);
        var format = SmtpFormat.For(message, connection.Capabilities) ?? throw new DeliveryException(failures.AddressIsInternational(_settings, SmtpFormat.FindInternational(message)!.Value));
        _recipients ??= [.. message.GetRecipients(onlyUnique: true)];

        do
        {
            foreach (var recipient in _recipients)
            {
                delivery.Reconsider(recipient.Address);
            }

            (var answer, _recipients) = await SendAsync(connection, format, _recipients, cancellationToken);
            _response ??= answer;
        }
        while (_recipients.Count > 0);

        return _response;
    }

    private OutgoingMailError? ErrorOf(Exception e) => e switch
    {
        DeliveryException failed => failed.Error,
        MessageContentException => failures.MessageIsUnreadable(e.InnerException!),
        OperationCanceledException => failures.Timeout(configuration, _settings, delivery),
        _ => null,
    };

    private async Task<(string Response, IReadOnlyList<MailboxAddress> Deferred)> SendAsync(SmtpConnection connection, FormatOptions format, IReadOnlyList<MailboxAddress> recipients, CancellationToken cancellationToken)
    {
        var conversation = connection.Conversation;

        try
        {
            var (response, deferred) = await connection.SendAsync(
                format,
                message,
                recipients,
                delivery,
                (mailbox, refused) => failures.RecipientRefused(mailbox, refused, configuration, _settings, conversation),
                cancellationToken);
            delivery.Pass(DeliveryStep.Content, SmtpFormat.Size(conversation.ContentLength));

            return (conversation.Redact((int)SmtpStatusCode.Ok, response), deferred);
        }
        catch (Exception e) when (e is not OperationCanceledException && IsOfMessage(e, conversation))
        {
            // What the server has of it must not be ended like a whole message.
            connection.Abort();

            throw new MessageContentException(e);
        }
        catch (Exception e) when (SmtpFailures.IsOfConversation(e))
        {
            throw new DeliveryException(failures.Explain(e, configuration, _settings, delivery.Current, conversation), e);
        }
        finally
        {
            delivery.ContentHasBegun = conversation.ContentHasBegun;
        }
    }

    /// <summary>Whether the message, and not the server, is to blame: one of its streams failed.</summary>
    private static bool IsOfMessage(Exception e, SmtpConversation conversation)
        => !conversation.HasNetworkFailed && e is not SmtpReplyTooLongException and not SmtpUnwantedDataException && (e is IOException || !SmtpFailures.IsOfConversation(e));

    /// <summary>Whether the server accepts no connection now: it says so, or does not even greet.</summary>
    private static bool IsTurnedAway(DeliveryException e)
        => ReplyIn(e) is { Code: (int)SmtpStatusCode.ServiceNotAvailable }
            || (e.Error.Step == DeliveryStep.Connection && e.Error.Code == SmtpFailures.ConnectionLost);

    private static bool IsBroken(DeliveryException e) => e.Error.Code == SmtpFailures.ConnectionLost;

    private static SmtpReply? ReplyIn(DeliveryException e) => e.InnerException is SmtpCommandException command ? SmtpReply.Parse(command) : null;
}
