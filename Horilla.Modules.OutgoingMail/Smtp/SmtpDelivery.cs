using Horilla.Modules.OutgoingMail.ServerTypes;
using MailKit.Net.Smtp;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Delivers one message through a connection pool. If a reused connection is broken, or the server accepts no more messages
/// on it, the message is sent on another one. <see cref="SmtpProtocolTracker.ContentStarted"/> ensures that it can't arrive
/// twice. Used once.
/// </summary>
internal sealed class SmtpDelivery(
    SmtpConnectionPool pool,
    SmtpConnector connector,
    SmtpErrors errors,
    OutgoingMailConfiguration configuration,
    MimeMessage message,
    DeliveryTrace delivery,
    TimeProvider time)
{
    /// <summary>How long a server that counts connections may take to notice that one was closed.</summary>
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly SmtpServerSettings _settings = pool.Settings;

    /// <summary>Whether a connection was closed that the server may still count.</summary>
    private bool _justClosedConnection;

    /// <summary>
    /// How many messages a reused connection had carried when the server accepted no more on it; null if there was no such
    /// connection. The message is then sent on a new connection, and isn't retried after that.
    /// </summary>
    private int? _messagesBeforeLimit;

    /// <summary>Whether that number is a limit of the server. After a 421 it isn't: the server may reply 421 for any reason.</summary>
    private bool _isServerLimit;

    /// <summary>The server's reply when it accepted the message for the first recipients; null before that.</summary>
    private string? _response;

    /// <summary>The recipients that the server hasn't accepted the message for yet; null before the first attempt.</summary>
    private IReadOnlyList<MailboxAddress>? _recipients;

    /// <summary>Sends the message.</summary>
    /// <returns>The server's reply.</returns>
    /// <exception cref="DeliveryException">The server didn't accept the message, or couldn't be reached.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryRunAsync(cancellationToken);
        }
        catch (Exception e) when (_response is not null && GetError(e) is { } error)
        {
            // The server has the message for others. The remaining recipients count as rejected, so that it isn't sent to everyone again.
            foreach (var recipient in _recipients!.Where(recipient => delivery.RejectedRecipients.All(refusal => refusal.Address != recipient.Address)))
            {
                delivery.AddRejected(new RecipientRefusal { Address = recipient.Address, Error = error with { Step = DeliveryStep.Recipient } });
            }

            delivery.Complete(DeliveryStep.Data);

            return _response;
        }
    }

    private async Task<string> TryRunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var lease = await pool.RentAsync(cancellationToken);
            delivery.Begin(DeliveryStep.Connection);

            if (await TrySendOnIdleConnectionAsync(lease, cancellationToken) is { } response)
            {
                return response;
            }

            if (await TryOpenAsync(lease, cancellationToken) is { } opened && await TrySendOnNewConnectionAsync(lease, opened, cancellationToken) is { } answer)
            {
                return answer;
            }

            delivery.Restart(keepRejected: _response is not null);
        }
    }

    /// <summary>Sends the message on an open connection. Returns null if there is none that can be used.</summary>
    private async Task<string?> TrySendOnIdleConnectionAsync(SmtpConnectionLease lease, CancellationToken cancellationToken)
    {
        while (_messagesBeforeLimit is null && await lease.TryTakeIdleAsync(cancellationToken) is { } idleConnection)
        {
            if (!delivery.IsTest && await TrySendAsync(idleConnection) is { } response)
            {
                return response;
            }

            // A test message goes through all steps, on a new connection that replaces this one.
            await lease.CloseConnectionAsync();
            delivery.Restart(keepRejected: _response is not null);
            _justClosedConnection = true;

            if (delivery.IsTest)
            {
                break;
            }
        }

        return null;

        async Task<string?> TrySendAsync(SmtpConnection idleConnection)
        {
            delivery.AddCompletedSteps(idleConnection.OpeningSteps);

            try
            {
                return await SendAsync(idleConnection, cancellationToken);
            }
            catch (DeliveryException e) when (IsConnectionLost(e) && !idleConnection.Protocol.ContentStarted)
            {
                return null;
            }
            catch (DeliveryException e) when (GetReply(e) is { IsTemporary: true })
            {
                // A temporary error means that the server doesn't have the message, whatever the stage.
                _messagesBeforeLimit = idleConnection.MessageCount - 1;
                _isServerLimit = GetReply(e) is not { Code: (int)SmtpStatusCode.ServiceNotAvailable };

                return null;
            }
        }
    }

    /// <summary>Opens a connection. Returns null if the server accepts no more connections, or still counts one that was just closed.</summary>
    private async Task<SmtpConnection?> TryOpenAsync(SmtpConnectionLease lease, CancellationToken cancellationToken)
    {
        try
        {
            var opened = _settings.NeedsNoSignIn
                ? await OpenAsync()
                : await pool.SignInCircuitBreaker.OpenAsync(OpenAsync, () => pool.HasConnectionInUse, delivery.IsTest, errors.SignIn.Paused, cancellationToken);

            return lease.Attach(opened);
        }
        catch (DeliveryException e) when (IsConnectionRejected(e) && (_justClosedConnection || lease.TryBackOff()))
        {
            if (_justClosedConnection)
            {
                _justClosedConnection = false;
                await Task.Delay(ReconnectDelay, time, cancellationToken);
            }

            return null;
        }

        Task<SmtpConnection> OpenAsync() => connector.OpenAsync(configuration, _settings, delivery, cancellationToken);
    }

    /// <summary>Sends the message on a new connection. Returns null if another one has to be tried: for the remaining recipients, or because the server limits connections only at MAIL.</summary>
    private async Task<string?> TrySendOnNewConnectionAsync(SmtpConnectionLease lease, SmtpConnection opened, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(opened, cancellationToken);

            if (_isServerLimit && _messagesBeforeLimit is { } messages)
            {
                pool.LimitMessages(messages);
            }

            return response;
        }
        catch (DeliveryException e) when (_messagesBeforeLimit is null && opened.MessageCount > 1 && (GetReply(e) is { IsTemporary: true } || (IsConnectionLost(e) && !opened.Protocol.ContentStarted)))
        {
            // The server has the message for some recipients, and accepts no more on this connection.
            await lease.CloseConnectionAsync();
            _messagesBeforeLimit = opened.MessageCount;

            return null;
        }
        catch (DeliveryException e) when (_messagesBeforeLimit is null && !delivery.IsTest && e.Error.Step == DeliveryStep.Sender && GetReply(e) is { IsTemporary: true, IsAboutAddress: false })
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
        var format = SmtpFormatOptions.TryCreate(message, connection.Capabilities) ?? throw new DeliveryException(errors.SmtpUtf8NotSupported(_settings, SmtpFormatOptions.FindInternationalAddress(message)!.Value));
        _recipients ??= delivery.GetRecipients(message);

        do
        {
            foreach (var recipient in _recipients)
            {
                delivery.ClearRejection(recipient.Address);
            }

            (var answer, _recipients) = await SendAsync(connection, format, _recipients, cancellationToken);
            _response ??= answer;
        }
        while (_recipients.Count > 0);

        return _response;
    }

    private OutgoingMailError? GetError(Exception e) => e switch
    {
        DeliveryException failed => failed.Error,
        MessageContentException => errors.MessageUnreadable(e.InnerException!),
        OperationCanceledException => errors.Timeout(configuration, _settings, delivery),
        _ => null,
    };

    private async Task<(string Response, IReadOnlyList<MailboxAddress> Deferred)> SendAsync(SmtpConnection connection, FormatOptions format, IReadOnlyList<MailboxAddress> recipients, CancellationToken cancellationToken)
    {
        var protocol = connection.Protocol;

        try
        {
            var (response, deferred) = await connection.SendAsync(
                format,
                message,
                recipients,
                delivery,
                (mailbox, refused) => errors.RecipientRejected(mailbox, refused, configuration, _settings, protocol),
                cancellationToken);
            delivery.Complete(DeliveryStep.Data, SmtpFormatOptions.FormatSize(protocol.ContentLength));

            return (protocol.Redact((int)SmtpStatusCode.Ok, response), deferred);
        }
        catch (Exception e) when (e is not OperationCanceledException && IsMessageError(e, protocol))
        {
            // A partial message must not be terminated like a complete one.
            connection.Abort();

            throw new MessageContentException(e);
        }
        catch (Exception e) when (SmtpErrors.IsSmtpException(e))
        {
            throw new DeliveryException(errors.Explain(e, configuration, _settings, delivery.CurrentStep, protocol), e);
        }
        finally
        {
            delivery.ContentStarted = protocol.ContentStarted;
        }
    }

    /// <summary>Whether the message caused the error, not the server: one of its streams failed.</summary>
    private static bool IsMessageError(Exception e, SmtpProtocolTracker protocol)
        => !protocol.NetworkFailed && e is not SmtpReplyTooLongException and not SmtpUnexpectedDataReplyException && (e is IOException || !SmtpErrors.IsSmtpException(e));

    /// <summary>Whether the server rejected the connection: it replied 421, or closed the connection without a greeting.</summary>
    private static bool IsConnectionRejected(DeliveryException e)
        => GetReply(e) is { Code: (int)SmtpStatusCode.ServiceNotAvailable }
            || (e.Error.Step == DeliveryStep.Connection && e.Error.Code == SmtpErrors.ConnectionLost);

    private static bool IsConnectionLost(DeliveryException e) => e.Error.Code == SmtpErrors.ConnectionLost;

    private static SmtpReply? GetReply(DeliveryException e) => e.InnerException is SmtpCommandException command ? SmtpReply.Parse(command) : null;
}
