using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Collects what is written in chunks of one size, and passes each on. The last one is passed on by <see cref="CompleteAsync"/>.</summary>
/// <param name="chunkSize">The size of a chunk, in bytes.</param>
/// <param name="write">Writes a chunk.</param>
internal sealed class ChunkedWriteStream(int chunkSize, Func<ReadOnlyMemory<byte>, Task> write) : AsyncStream
{
    private readonly byte[] _chunk = new byte[chunkSize];
    private int _length;

    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var length = Math.Min(buffer.Length, _chunk.Length - _length);
            buffer[..length].CopyTo(_chunk.AsMemory(_length));
            _length += length;
            buffer = buffer[length..];

            if (_length == _chunk.Length)
            {
                await CompleteAsync();
            }
        }
    }

    /// <summary>Writes what is left.</summary>
    public async Task CompleteAsync()
    {
        if (_length > 0)
        {
            await write(_chunk.AsMemory(0, _length));
            _length = 0;
        }
    }
}
