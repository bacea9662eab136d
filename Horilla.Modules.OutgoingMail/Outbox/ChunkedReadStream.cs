using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Reads chunks one after the other as one stream.</summary>
internal sealed class ChunkedReadStream(IAsyncEnumerable<byte[]> chunks, CancellationToken cancellationToken) : AsyncStream
{
    private readonly IAsyncEnumerator<byte[]> _chunks = chunks.GetAsyncEnumerator(cancellationToken);
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.Length == 0)
        {
            if (!await _chunks.MoveNextAsync())
            {
                return 0;
            }

            _rest = _chunks.Current;
        }

        var length = Math.Min(buffer.Length, _rest.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];

        return length;
    }

    public override async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync();
        await base.DisposeAsync();
    }
}
