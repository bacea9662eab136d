namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Counts what is written to another stream, and fails above a limit.</summary>
/// <param name="inner">The stream.</param>
/// <param name="maxLength">The limit, in bytes.</param>
/// <param name="createException">Creates the exception above the limit.</param>
internal sealed class CountingWriteStream(Stream inner, long maxLength, Func<Exception> createException) : Stream
{
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>The number of bytes written.</summary>
    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _length += buffer.Length;

        return _length > maxLength ? throw createException() : inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush()
    {
    }

    /// <summary>Not supported: the stream is written asynchronously.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
