using MimeKit;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>
/// Reads messages in batches: as many as are available without waiting, so that a slow source delays no message, up to a
/// number and a size, so that memory is bounded.
/// </summary>
internal sealed class MessageBatchReader(IAsyncEnumerable<MimeMessage> messages, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int MaxCount = 100;

    /// <summary>Ends a batch, in bytes.</summary>
    private const long MaxSize = 4 * 1024 * 1024;

    /// <summary>What a stream of unknown length counts, in bytes.</summary>
    private const long UnknownLength = 1024 * 1024;

    private readonly IAsyncEnumerator<MimeMessage> _messages = messages.GetAsyncEnumerator(cancellationToken);
    private Task<bool>? _next;

    /// <summary>Returns the next messages, or none at the end.</summary>
    /// <exception cref="Exception">Any exception that the source throws, after the messages before it were returned.</exception>
    public async Task<IReadOnlyList<MimeMessage>> ReadAsync()
    {
        var batch = new List<MimeMessage>();
        var size = 0L;

        while (batch.Count < MaxCount && size < MaxSize)
        {
            _next ??= _messages.MoveNextAsync().AsTask();

            if (batch.Count > 0 && !_next.IsCompletedSuccessfully)
            {
                break;
            }

            if (!await _next)
            {
                break;
            }

            _next = null;
            var message = _messages.Current ?? throw new ArgumentException("One of the messages is null.", nameof(messages));
            batch.Add(message);
            size += Estimate(message);
        }

        return batch;
    }

    public async ValueTask DisposeAsync()
    {
        if (_next is { IsCompleted: false })
        {
            // An enumerator can't be disposed of while it runs.
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _messages.DisposeAsync();
    }

    private static long Estimate(MimeMessage message)
        => message.BodyParts.OfType<MimePart>().Sum(part => part.Content?.Stream is { } stream ? stream.CanSeek ? stream.Length : UnknownLength : 0);
}
