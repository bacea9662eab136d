using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Decides what becomes of a message after an attempt. Scoped.</summary>
public sealed class OutboxOutcomes(RetrySchedule schedule, MailServerResolver serverResolver, OutboxClock clock, OutboxErrors errors)
{
    /// <summary>Decides after an attempt.</summary>
    internal async Task<OutboxOutcome> DecideAsync(OutboxClaim claim, OutgoingMailConfiguration configuration, SendingAttempt attempt, IReadOnlyList<OutboxRecipientRow> recipients)
    {
        var start = Start(claim, configuration, attempt);

        if (attempt.Result.Error is not { } error)
        {
            return await DecideAcceptedAsync(start, attempt, recipients);
        }

        var settings = configuration.GetOrCreate<OutboxServerSettings>();

        if (attempt.ContentStarted && error is { CanRetry: false, ServerResponse: null })
        {
            return start.Claim.Mail.GetOptions().ResendIfInDoubt || settings.ResendsIfInDoubt
                ? start with { State = OutboxMailState.Queued, DueAt = await GetNextAttemptAsync(start, error), Error = error }
                : start with { State = OutboxMailState.InDoubt, EndedAt = start.At, Error = errors.InDoubt(error) };
        }

        var usesDefaultSender = string.Equals(start.Sender, configuration.DefaultFrom, StringComparison.OrdinalIgnoreCase);
        var isServerError = ServerErrors.IsServerError(error, usesDefaultSender);

        if (!isServerError && !error.CanRetry)
        {
            return Fail(start, error, recipients);
        }

        var deferred = start with { State = OutboxMailState.Queued, Error = error, ServerError = isServerError ? error : null };

        return isServerError && !attempt.ContentStarted && await FindFallbackAsync(claim, settings) is { } fallback
            ? deferred with { ConfigurationId = fallback.ConfigurationId, RoutedFrom = configuration.ConfigurationId, DueAt = start.At }
            : deferred with { DueAt = await GetNextAttemptAsync(start, error) };
    }

    /// <summary>Returns the server that stands in for one that can't be used; null if there is none, or the message was moved before.</summary>
    private async Task<OutgoingMailConfiguration?> FindFallbackAsync(OutboxClaim claim, OutboxServerSettings settings)
        => claim.Mail.RoutedFrom is null && settings.FallbackConfigurationId is { Length: > 0 } id ? await serverResolver.FindAsync(id) : null;

    /// <summary>Decides about a message that isn't sent in this attempt, and stays as it is otherwise.</summary>
    internal OutboxOutcome Postpone(OutboxClaim claim, string configurationId, long dueAt, OutgoingMailError? error) => new()
    {
        Claim = claim,
        State = OutboxMailState.Queued,
        ConfigurationId = configurationId,
        Sender = claim.Mail.Sender,
        Attempts = claim.Mail.Attempts,
        At = clock.Now,
        DueAt = dueAt,
        Error = error ?? OutboxStore.ParseError(claim.Mail.ErrorJson),
    };

    /// <summary>Ends a message that isn't sent.</summary>
    internal OutboxOutcome End(OutboxClaim claim, OutboxMailState state, OutgoingMailError error, IReadOnlyList<OutboxRecipientRow> recipients)
    {
        var outcome = Postpone(claim, claim.Mail.ConfigurationId, claim.Mail.DueAt, error) with { EndedAt = clock.Now };

        return state == OutboxMailState.Failed ? Fail(outcome, error, recipients) : outcome with { State = GetFinalState(recipients, state) };
    }

    /// <summary>Some recipients may have the message from an earlier attempt: it's then sent to some.</summary>
    private static OutboxMailState GetFinalState(IReadOnlyList<OutboxRecipientRow> recipients, OutboxMailState otherwise)
        => recipients.Any(recipient => recipient.State == OutboxRecipientState.Accepted) ? OutboxMailState.PartiallySent : otherwise;

    private static OutboxOutcome Fail(OutboxOutcome outcome, OutgoingMailError error, IReadOnlyList<OutboxRecipientRow> recipients) => outcome with
    {
        State = GetFinalState(recipients, OutboxMailState.Failed),
        EndedAt = outcome.At,
        Error = error,
        RejectedRecipients = GetFinalState(recipients, OutboxMailState.Failed) == OutboxMailState.Failed
            ? []
            : [.. recipients.Where(recipient => recipient.State == OutboxRecipientState.Pending).Select(recipient => new RecipientRefusal { Address = recipient.Address, Error = error })],
    };

    private OutboxOutcome Start(OutboxClaim claim, OutgoingMailConfiguration configuration, SendingAttempt attempt) => new()
    {
        Claim = claim,
        State = OutboxMailState.Queued,
        ConfigurationId = configuration.ConfigurationId,
        Sender = attempt.Context.Message.From.Mailboxes.FirstOrDefault()?.Address ?? claim.Mail.Sender,
        Attempts = claim.Mail.Attempts + 1,
        At = clock.Now,
        DueAt = claim.Mail.DueAt,
        Result = attempt.Result,

        // A server that rejects a message for its own sake works.
        ServerWorks = attempt.Result.Error is null || attempt.Result.Steps.Any(step => step is { Step: DeliveryStep.Sender, State: DeliveryStepState.Passed }),
    };

    private async Task<OutboxOutcome> DecideAcceptedAsync(OutboxOutcome start, SendingAttempt attempt, IReadOnlyList<OutboxRecipientRow> recipients)
    {
        var refused = attempt.Result.RefusedRecipients;
        RecipientRefusal[] pending = attempt.IsResumable ? [.. refused.Where(refusal => refusal.Error.CanRetry)] : [];
        RecipientRefusal[] rejected = [.. refused.Except(pending)];
        var accepted = start with { WasAccepted = true, RejectedRecipients = rejected, PendingRecipients = [.. pending.Select(refusal => refusal.Address)] };

        if (pending.Length > 0)
        {
            return accepted with { State = OutboxMailState.Queued, Error = pending[0].Error, DueAt = await GetNextAttemptAsync(start, pending[0].Error) };
        }

        var isPartial = rejected.Length > 0 || recipients.Any(recipient => recipient.State == OutboxRecipientState.Rejected);

        return accepted with { State = isPartial ? OutboxMailState.PartiallySent : OutboxMailState.Sent, EndedAt = start.At };
    }

    private Task<long> GetNextAttemptAsync(OutboxOutcome start, OutgoingMailError error) => schedule.GetNextAttemptAsync(start.At, start.Attempts, error.RetryAfter);
}
