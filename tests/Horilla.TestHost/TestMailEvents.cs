using Horilla.Modules.OutgoingMail;

namespace Horilla.TestHost;

/// <summary>Handles the events of outgoing messages, as another module would. The subject of a message says what it does with it.</summary>
internal sealed class TestMailEvents(MailEventLog log, YesSql.ISession session) : IOutgoingMailEvents
{
    public Task SendingAsync(OutgoingMailContext context, CancellationToken cancellationToken)
    {
        var message = context.Message;
        var subject = message.Subject ?? "";
        log.Add($"sending {subject}");

        if (subject.Contains("(stop)", StringComparison.Ordinal))
        {
            context.Stop("The customer wants no mail.");
        }

        if (subject.Contains("(change)", StringComparison.Ordinal))
        {
            message.Subject = subject + ", changed";
            message.Headers.Add("X-Listener", "was here");
        }

        if (subject.Contains("(empty)", StringComparison.Ordinal))
        {
            message.To.Clear();
        }

        return subject.Contains("(throw)", StringComparison.Ordinal) ? throw new InvalidOperationException("The listener fails.") : Task.CompletedTask;
    }

    public async Task SentAsync(OutgoingMailContext context, OutgoingMailResult result)
    {
        log.Add($"sent {context.Message.Subject}: {result.Status}");

        if (context.Message.Subject?.Contains("(save)", StringComparison.Ordinal) == true)
        {
            await session.SaveAsync(new Note { Text = context.Message.Subject });
        }
    }

    public Task FailedAsync(OutgoingMailContext context, OutgoingMailResult result)
    {
        log.Add($"failed {context.Message.Subject}: {result.Error?.Code}");

        return Task.CompletedTask;
    }

    public Task QueuedAsync(OutboxMail mail)
    {
        log.Add($"queued {mail.Subject}: {mail.Id}");

        return Task.CompletedTask;
    }

    public Task DeferredAsync(OutgoingMailContext context, OutgoingMailResult result, DateTime nextAttemptUtc)
    {
        log.Add($"deferred {context.Message.Subject}: {result.Error?.Code}, {context.MailId}");

        return Task.CompletedTask;
    }

    public Task GivenUpAsync(OutboxMail mail)
    {
        log.Add($"given up {mail.Subject}: {mail.State}, {mail.Error?.Code}");

        return Task.CompletedTask;
    }
}
