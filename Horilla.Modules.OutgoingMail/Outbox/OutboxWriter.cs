using System.Data.Common;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;
using OrchardCore;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Writes messages to the database. Scoped.</summary>
public sealed class OutboxWriter(OutboxContent content, MailServerResolver serverResolver, MessageComposer composer, RetrySchedule schedule, OutboxClock clock)
{
    private const string KeySavepoint = "OutgoingMailOutboxKey";
    private const int MaxAddressLength = 320;

    /// <summary>Writes a message, unless there is one with its idempotency key.</summary>
    /// <param name="connection">The connection, within a transaction.</param>
    /// <param name="message">The message. It gets a Message-ID and a Date, and is normalized.</param>
    /// <param name="options">How and when to send it.</param>
    /// <param name="firstAttempt">The attempt that has already failed, or null.</param>
    /// <returns>The ID of the message, and whether this wrote it.</returns>
    internal async Task<(string MailId, bool IsNew)> WriteAsync(OutboxConnection connection, MimeMessage message, OutboxOptions options, FirstAttempt? firstAttempt)
    {
        var mailId = IdGenerator.GenerateId();

        if (options.IdempotencyKey is { } key && await ReserveKeyAsync(connection, key, mailId) is { } existing)
        {
            return (existing, false);
        }

        var category = OutboxOptionsValidator.NormalizeCategory(options.Sending.Category);
        var (configuration, error) = await ResolveAsync(message, options.Sending, firstAttempt);
        MessageIdentity.Ensure(message, configuration?.DefaultFrom ?? message.From.Mailboxes.FirstOrDefault()?.Address ?? "", clock.Time.GetUtcNow());
        MessageNormalizer.Normalize(message);
        var row = await CreateRowAsync(connection, mailId, message, options, category, configuration, firstAttempt?.Error ?? error, firstAttempt);
        await OutboxStore.InsertAsync(connection, [new OutboxNewMail(row, [.. message.GetDistinctRecipients().Select(address => CreateRecipient(address, firstAttempt))])
        {
            ResendsIfInDoubt = options.ResendIfInDoubt,
            FirstAttempt = firstAttempt?.Result,
        }]);

        return (mailId, true);
    }

    private async Task<OutboxMailRow> CreateRowAsync(OutboxConnection connection, string mailId, MimeMessage message, OutboxOptions options, string? category, OutgoingMailConfiguration? configuration, OutgoingMailError? error, FirstAttempt? firstAttempt)
    {
        var now = clock.NextUnique();
        var notBefore = OutboxClock.ToTicks(options.NotBeforeUtc);
        var due = Math.Max(now, notBefore ?? 0);

        return new OutboxMailRow
        {
            MailId = mailId,
            MessageId = LogText.Clean(message.MessageId, 255),
            State = due > now ? OutboxMailState.Scheduled : OutboxMailState.Queued,
            Priority = options.Priority,
            ConfigurationId = configuration?.ConfigurationId ?? "",
            Category = category is null ? null : LogText.Clean(category, 100),
            Sender = LogText.Clean(message.From.Mailboxes.FirstOrDefault()?.Address ?? configuration?.DefaultFrom, MaxAddressLength),
            Subject = LogText.Clean(message.Subject, 255),
            CreatedAt = now,
            NotBefore = notBefore,
            ExpiresAt = OutboxClock.ToTicks(options.ExpiresUtc),
            FirstDueAt = due,
            DueAt = firstAttempt is null ? due : await schedule.GetNextAttemptAsync(now, attempts: 1, firstAttempt.Error?.RetryAfter),
            Attempts = firstAttempt is null ? 0 : 1,
            Size = await content.WriteAsync(connection, mailId, message),
            HasContent = true,
            OptionsJson = StoredOptions.From(options, composer.GetActingUser(options.Sending.ActingUser)).ToJson(),
            ErrorJson = error is null ? null : JsonSerializer.Serialize(error),
        };
    }

    private static OutboxRecipientRow CreateRecipient(string address, FirstAttempt? firstAttempt)
    {
        var (state, errorJson) = firstAttempt?.GetState(address) ?? (OutboxRecipientState.Pending, null);

        return new OutboxRecipientRow { Address = address.Truncate(MaxAddressLength), State = state, ErrorJson = errorJson };
    }

    private async Task<(OutgoingMailConfiguration? Configuration, OutgoingMailError? Error)> ResolveAsync(MimeMessage message, OutgoingMailOptions options, FirstAttempt? firstAttempt)
    {
        try
        {
            return (await serverResolver.ResolveAsync(message, firstAttempt is null ? options : options with { ConfigurationId = firstAttempt.ConfigurationId }), null);
        }
        catch (DeliveryException e)
        {
            // The message waits until a server fits.
            return (null, e.Error);
        }
    }

    /// <summary>Stores an idempotency key. Waits for another transaction that has stored it and isn't committed yet.</summary>
    /// <returns>The ID of the message that has the key, or null if the key is stored for the new one.</returns>
    private static async Task<string?> ReserveKeyAsync(OutboxConnection connection, string key, string mailId)
    {
        if (await OutboxStore.FindByKeyAsync(connection, key) is { } known)
        {
            return known;
        }

        var transaction = connection.Transaction!;

        if (!transaction.SupportsSavepoints)
        {
            await OutboxStore.InsertKeyAsync(connection, key, mailId);

            return null;
        }

        await transaction.SaveAsync(KeySavepoint, connection.CancellationToken);

        try
        {
            await OutboxStore.InsertKeyAsync(connection, key, mailId);
            await transaction.ReleaseAsync(KeySavepoint, connection.CancellationToken);

            return null;
        }
        catch (DbException)
        {
            // Either another transaction has just committed the key, or the database failed.
            await transaction.RollbackAsync(KeySavepoint, connection.CancellationToken);

            if (await OutboxStore.FindByKeyAsync(connection, key) is { } concurrent)
            {
                return concurrent;
            }

            throw;
        }
    }
}
