using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using MimeKit;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Sends many messages, several at the same time, each in a scope of its own. Scoped.</summary>
public sealed partial class ManyMails(ServerChoice choice, IEnumerable<IMailTransport> transports, IStringLocalizer<ManyMails> S, ILogger<ManyMails> logger)
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
        var isOver = false;
        var most = 1;

        try
        {
            while (true)
            {
                isOver |= cancellationToken.IsCancellationRequested;

                // A message is taken only when it can be sent at once: what was taken has a result.
                if (!isOver && next is null && running.Count < most)
                {
                    next = NextAsync(source);
                }

                if (next is { IsCompleted: true })
                {
                    var arrived = next;
                    next = null;

                    if (arrived.IsCompletedSuccessfully && await arrived)
                    {
                        most = Math.Max(await MostAtOnceAsync(source.Current, options), 1);
                        running.Add(SendAsync(source.Current, options));
                    }
                    else
                    {
                        failure = await FailureOfAsync(arrived);
                        isOver = true;
                    }
                }
                else if (running.Count == 0 && isOver)
                {
                    break;
                }
                else
                {
                    await Task.WhenAny([.. running, .. WhatMayHappen(next, isOver, cancelled.Task)]);

                    if (running.Find(task => task.IsCompleted) is { } ended)
                    {
                        running.Remove(ended);

                        yield return await ended;
                    }
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
            await LeaveAsync(source, next);
        }

        cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
    }

    private static IEnumerable<Task> WhatMayHappen(Task<bool>? next, bool isOver, Task cancelled)
        => (next, isOver) switch
        {
            (_, true) => [],
            (null, _) => [cancelled],
            _ => [next, cancelled],
        };

    private static async Task<bool> NextAsync(IAsyncEnumerator<MimeMessage> source)
        => await source.MoveNextAsync() && (source.Current is null ? throw new ArgumentException("One of the messages is null.", nameof(source)) : true);

    /// <summary>What the source threw, be it a cancellation of its own; null where it just ended.</summary>
    private static async Task<ExceptionDispatchInfo?> FailureOfAsync(Task task)
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

    /// <summary>Who reads from a source that does not come back can neither wait for it nor dispose of it.</summary>
    private static async Task LeaveAsync(IAsyncEnumerator<MimeMessage> source, Task<bool>? next)
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

    private async Task<int> MostAtOnceAsync(MimeMessage message, OutgoingMailOptions options)
    {
        try
        {
            var configuration = await choice.ChooseAsync(message, options);

            return transports.FirstOrDefault(transport => transport.ServerType == configuration.Type)?.MostAtOnce(configuration) ?? 1;
        }
        catch (Exception)
        {
            // The sending of the message meets the same, and its result says so.
            return 1;
        }
    }

    private async Task<OutgoingMailDelivery> SendAsync(MimeMessage message, OutgoingMailOptions options)
    {
        if (!OutgoingMailService.HasRecipient(message))
        {
            return new OutgoingMailDelivery(message, Failed(NoRecipient()));
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
            // One scope that cannot be made or saved keeps no other message from being sent, and a mail that went out did.
            LogScopeFailed(e, message.MessageId);

            return new OutgoingMailDelivery(message, result ?? Failed(ScopeFailed(e)));
        }

        return new OutgoingMailDelivery(message, result ?? Failed(SwitchedOff()));
    }

    private static OutgoingMailResult Failed(OutgoingMailError error) => new() { Status = OutgoingMailStatus.Failed, Error = error };

    private OutgoingMailError NoRecipient() => new()
    {
        Step = DeliveryStep.Recipient,
        Code = "no-recipient",
        Message = S["The mail has no recipient."],
        NextStep = S["Whoever made it has to give it an address in To, Cc or Bcc."],
    };

    private OutgoingMailError SwitchedOff() => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "switched-off",
        Message = S["Outgoing mail was switched off for this site while mails were being sent."],
        NextStep = S["Enable the feature Outgoing Mail, and send what is left."],
    };

    private OutgoingMailError ScopeFailed(Exception e) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "unexpected",
        Message = S["The mail could not be sent, for a reason that was not foreseen ({0}).", e.GetType().Name],
        NextStep = S["Try another mail. If that fails too, an operator finds the cause in the log of the site."],
    };

    [LoggerMessage(6, LogLevel.Error, "The scope of the mail {MessageId}, one of many, failed.")]
    private partial void LogScopeFailed(Exception exception, string? messageId);
}
