using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using MimeKit;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Stores messages in the session of the scope. Scoped.</summary>
public sealed class OutgoingMailOutbox(ISession session, OutboxDatabase database, OutboxWriter writer, OutboxWakeUp wakeUp, OutboxClock clock, IStringLocalizer<OutgoingMailOutbox> S) : IOutgoingMailOutbox
{
    private const string Savepoint = "OutgoingMailOutbox";

    /// <inheritdoc />
    public async Task<string> EnqueueAsync(MimeMessage message, OutboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (mailId, isNew) = await EnqueueAsync(session, message, options ?? new OutboxOptions(), firstAttempt: null, cancellationToken);

        if (isNew)
        {
            wakeUp.WakeAfterCommit(mailId, OutboxClock.ToTicks(options?.NotBeforeUtc));
        }

        return mailId;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<string> EnqueueManyAsync(IAsyncEnumerable<MimeMessage> messages, OutboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        return options?.IdempotencyKey is null
            ? EnqueueBatchesAsync(messages, options ?? new OutboxOptions(), cancellationToken)
            : throw new ArgumentException("Many messages can't have the same idempotency key.", nameof(options));
    }

    /// <inheritdoc />
    public async Task<OutboxMail?> FindAsync(string mailId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mailId);

        return await OutboxStore.FindAsync(await database.QueryAsync(session, cancellationToken), mailId);
    }

    /// <inheritdoc />
    public async Task<bool> CancelAsync(string mailId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mailId);

        return await OutboxStore.CancelAsync(await database.UseAsync(session, cancellationToken), mailId, clock.Now);
    }

    /// <summary>Stores and commits a message whose first attempt to be sent at once failed. The caller wakes the senders.</summary>
    /// <returns>The ID of the message.</returns>
    /// <exception cref="OutboxMessageTooLargeException">The message is larger than the operator allows.</exception>
    /// <exception cref="OutboxStorageException">The database couldn't store the message.</exception>
    internal async Task<string> EnqueueFailedAsync(MimeMessage message, OutboxOptions options, FirstAttempt firstAttempt, CancellationToken cancellationToken)
    {
        await using var own = session.Store.CreateSession();
        var stored = await EnqueueAsync(own, message, options, firstAttempt, cancellationToken);
        await CommitAsync(own, cancellationToken);

        return stored.MailId;
    }

    private async IAsyncEnumerable<string> EnqueueBatchesAsync(IAsyncEnumerable<MimeMessage> messages, OutboxOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = new MessageBatchReader(messages, cancellationToken);

        while (await source.ReadAsync() is { Count: > 0 } batch)
        {
            var ids = new List<string>(batch.Count);

            await using (var own = session.Store.CreateSession())
            {
                foreach (var message in batch)
                {
                    ids.Add((await EnqueueAsync(own, message, options, firstAttempt: null, cancellationToken)).MailId);
                }

                await CommitAsync(own, cancellationToken);
            }

            await wakeUp.WakeNowAsync(ids);

            foreach (var id in ids)
            {
                yield return id;
            }
        }
    }

    private async Task<(string MailId, bool IsNew)> EnqueueAsync(ISession target, MimeMessage message, OutboxOptions options, FirstAttempt? firstAttempt, CancellationToken cancellationToken)
    {
        OutboxOptionsValidator.Validate(message, options);
        cancellationToken.ThrowIfCancellationRequested();
        var connection = await BeginAsync(target, cancellationToken);

        try
        {
            var stored = await writer.WriteAsync(connection, message, options, firstAttempt);
            await ReleaseAsync(connection);

            return stored;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            await UndoAsync(target, connection);

            throw NotStored(e);
        }
        catch
        {
            await UndoAsync(target, connection);

            throw;
        }
    }

    private async Task<OutboxConnection> BeginAsync(ISession target, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.UseAsync(target, cancellationToken);

            if (connection.Transaction!.SupportsSavepoints)
            {
                await connection.Transaction.SaveAsync(Savepoint, cancellationToken);
            }

            return connection;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw NotStored(e);
        }
    }

    private static async Task ReleaseAsync(OutboxConnection connection)
    {
        if (connection.Transaction!.SupportsSavepoints)
        {
            await connection.Transaction.ReleaseAsync(Savepoint, connection.CancellationToken);
        }
    }

    /// <summary>Removes what was stored of a message, and keeps the other changes of the session. Cancels the session if the database can't do that.</summary>
    private static async Task UndoAsync(ISession target, OutboxConnection connection)
    {
        if (connection.Transaction is { SupportsSavepoints: true } transaction)
        {
            try
            {
                await transaction.RollbackAsync(Savepoint, CancellationToken.None);
                await transaction.ReleaseAsync(Savepoint, CancellationToken.None);

                return;
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
            {
                // The connection is broken: the whole transaction is lost.
            }
        }

        try
        {
            await target.CancelAsync();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The session is cancelled all the same. The server has rolled the transaction back with the connection.
        }
    }

    private async Task CommitAsync(ISession own, CancellationToken cancellationToken)
    {
        try
        {
            await own.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw NotStored(e);
        }
    }

    private OutboxStorageException NotStored(Exception e)
        => new(S["The message couldn't be stored in the outbox, because the database failed ({0}). Nothing of it is stored. Try again, or ask an operator to check the database and its disk.", e.GetType().Name], e);
}
