using System.Runtime.CompilerServices;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Sends many messages concurrently, each in its own scope. Scoped.</summary>
public sealed partial class BatchSender(MailServerResolver serverResolver, MailServerTypes serverTypes, MessageErrors errors, ILogger<BatchSender> logger)
{
    /// <summary>See <see cref="IOutgoingMailService.SendManyAsync"/>.</summary>
    public async IAsyncEnumerable<OutgoingMailDelivery> SendAsync(IAsyncEnumerable<MimeMessage> messages, OutgoingMailOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = new MessageSource(messages, cancellationToken);
        var running = new List<Task<OutgoingMailDelivery>>();
        var maxConcurrency = 1;

        try
        {
            while (true)
            {
                source.ObserveCancellation();

                // Read a message only when it can be sent at once, because every message that was read gets a result.
                if (running.Count < maxConcurrency)
                {
                    source.ReadNext();
                }

                if (await source.TryTakeAsync() is { } message)
                {
                    maxConcurrency = Math.Max(await GetMaxConcurrencyAsync(message, options), 1);
                    running.Add(SendAsync(message, options));
                }
                else if (running.Count == 0 && source.HasEnded)
                {
                    break;
                }
                else
                {
                    await source.WaitAsync(running);

                    if (running.Find(task => task.IsCompleted) is { } completed)
                    {
                        running.Remove(completed);

                        yield return await completed;
                    }
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }

        cancellationToken.ThrowIfCancellationRequested();
        source.ThrowIfFailed();
    }

    private async Task<int> GetMaxConcurrencyAsync(MimeMessage message, OutgoingMailOptions options)
    {
        try
        {
            var configuration = await serverResolver.ResolveAsync(message, options);

            return serverTypes.FindTransport(configuration.Type)?.GetMaxConcurrency(configuration) ?? 1;
        }
        catch (Exception)
        {
            // Sending the message fails in the same way, and its result has the error.
            return 1;
        }
    }

    private async Task<OutgoingMailDelivery> SendAsync(MimeMessage message, OutgoingMailOptions options)
    {
        if (!message.GetMailboxes().Any())
        {
            return new OutgoingMailDelivery(message, Failed(errors.NoRecipient()));
        }

        OutgoingMailResult? result = null;

        try
        {
            await ShellScope.UsingChildScopeAsync(async scope =>
            {
                if (scope.ServiceProvider.GetService<IOutgoingMailService>() is { } mail)
                {
                    result = await mail.SendAsync(message, options, CancellationToken.None);
                }
            });
        }
        catch (Exception e)
        {
            // A scope that can't be created or saved doesn't affect other messages, and a message that was sent stays sent.
            LogScopeFailed(e, message.MessageId);

            return new OutgoingMailDelivery(message, result ?? Failed(errors.Unexpected(DeliveryStep.Configuration, e)));
        }

        return new OutgoingMailDelivery(message, result ?? Failed(errors.FeatureDisabled()));
    }

    private static OutgoingMailResult Failed(OutgoingMailError error) => new() { Status = OutgoingMailStatus.Failed, Error = error };

    [LoggerMessage(6, LogLevel.Error, "The scope for message {MessageId} of a bulk send failed.")]
    private partial void LogScopeFailed(Exception exception, string? messageId);
}
