using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Counts what is written to another stream, and fails above a limit.</summary>
/// <param name="inner">The stream.</param>
/// <param name="maxLength">The limit, in bytes.</param>
/// <param name="createException">Creates the exception above the limit.</param>
internal sealed class CountingWriteStream(Stream inner, long maxLength, Func<Exception> createException) : AsyncStream
{
    private long _length;

    public override bool CanWrite => true;

    /// <summary>The number of bytes written.</summary>
    public override long Length => _length;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _length += buffer.Length;

        return _length > maxLength ? throw createException() : inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
