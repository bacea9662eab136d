using System.Runtime.ExceptionServices;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Reads the messages of a bulk send one at a time, without waiting for the next one. Used by one caller.</summary>
internal sealed class MessageSource : IAsyncDisposable
{
    private readonly IAsyncEnumerator<MimeMessage> _messages;
    private readonly CancellationToken _cancellationToken;
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _registration;
    private Task<bool>? _next;
    private ExceptionDispatchInfo? _failure;

    public MessageSource(IAsyncEnumerable<MimeMessage> messages, CancellationToken cancellationToken)
    {
        _messages = messages.GetAsyncEnumerator(cancellationToken);
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.Register(_cancelled.SetResult);
    }

    /// <summary>Whether no further message will be read: the source ended or failed, or <see cref="ObserveCancellation"/> noticed the cancellation.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Ends the source if it was cancelled.</summary>
    public void ObserveCancellation() => HasEnded |= _cancellationToken.IsCancellationRequested;

    /// <summary>Starts to read the next message, unless one is already being read or the source has ended.</summary>
    public void ReadNext()
    {
        if (!HasEnded)
        {
            _next ??= MoveNextAsync();
        }
    }

    /// <summary>Returns the message that was read, or null if there is none yet.</summary>
    public async Task<MimeMessage?> TryTakeAsync()
    {
        if (_next is not { IsCompleted: true } completed)
        {
            return null;
        }

        _next = null;

        if (completed.IsCompletedSuccessfully && await completed)
        {
            return _messages.Current;
        }

        _failure = await GetExceptionAsync(completed);
        HasEnded = true;

        return null;
    }

    /// <summary>Waits until one of the tasks completes, or until the source has a message, ends or is cancelled.</summary>
    /// <param name="tasks">The tasks; at least one if the source has ended.</param>
    public Task WaitAsync(IEnumerable<Task> tasks) => Task.WhenAny([.. tasks, .. WaitTasks()]);

    /// <summary>Throws what the source threw, including its own cancellation.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Disposes of the source. If it hasn't returned its next message yet, this is left to a continuation, because waiting could take forever.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();

        if (_next is null or { IsCompleted: true })
        {
            await _messages.DisposeAsync();
        }
        else
        {
            _ = _next.ContinueWith(_ => _messages.DisposeAsync().AsTask(), TaskScheduler.Default).Unwrap();
        }
    }

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

    private IEnumerable<Task> WaitTasks() => (_next, HasEnded) switch
    {
        (_, true) => [],
        (null, _) => [_cancelled.Task],
        _ => [_next, _cancelled.Task],
    };

    private async Task<bool> MoveNextAsync()
        => await _messages.MoveNextAsync() && (_messages.Current is null ? throw new InvalidOperationException("One of the messages is null.") : true);
}
