using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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
        var source = messages.GetAsyncEnumerator(cancellationToken);
        var running = new List<Task<OutgoingMailDelivery>>();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        ExceptionDispatchInfo? failure = null;
        Task<bool>? next = null;
        var isCompleted = false;
        var maxConcurrency = 1;

        try
        {
            while (true)
            {
                isCompleted |= cancellationToken.IsCancellationRequested;

                // Read a message only when it can be sent at once, because every message that was read gets a result.
                if (!isCompleted && next is null && running.Count < maxConcurrency)
                {
                    next = MoveNextAsync(source);
                }

                if (next is { IsCompleted: true })
                {
                    var completedMove = next;
                    next = null;

                    if (completedMove.IsCompletedSuccessfully && await completedMove)
                    {
                        maxConcurrency = Math.Max(await GetMaxConcurrencyAsync(source.Current, options), 1);
                        running.Add(SendAsync(source.Current, options));
                    }
                    else
                    {
                        failure = await GetExceptionAsync(completedMove);
                        isCompleted = true;
                    }
                }
                else if (running.Count == 0 && isCompleted)
                {
                    break;
                }
                else
                {
                    await Task.WhenAny([.. running, .. GetWaitTasks(next, isCompleted, cancelled.Task)]);

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
            await DisposeSourceAsync(source, next);
        }

        cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
    }

    private static IEnumerable<Task> GetWaitTasks(Task<bool>? next, bool isCompleted, Task cancelled)
        => (next, isCompleted) switch
        {
            (_, true) => [],
            (null, _) => [cancelled],
            _ => [next, cancelled],
        };

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<MimeMessage> source)
        => await source.MoveNextAsync() && (source.Current is null ? throw new ArgumentException("One of the messages is null.", nameof(source)) : true);

    /// <summary>Returns what the source threw, including its own cancellation, or null if it simply ended.</summary>
    private static async Task<ExceptionDispatchInfo?> GetExceptionAsync(Task task)
    {
        try
        {
            await task;

            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>Disposes of the source. If it hasn't returned its next message yet, this is left to a continuation, because waiting could take forever.</summary>
    private static async Task DisposeSourceAsync(IAsyncEnumerator<MimeMessage> source, Task<bool>? next)
    {
        if (next is null or { IsCompleted: true })
        {
            await source.DisposeAsync();
        }
        else
        {
            _ = next.ContinueWith(_ => source.DisposeAsync().AsTask(), TaskScheduler.Default).Unwrap();
        }
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
        if (!OutgoingMailService.HasRecipient(message))
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
