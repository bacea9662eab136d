namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>A stream that records whether the server started with TLS or unencrypted.</summary>
internal sealed class TlsDetectionStream(Stream inner) : Stream
{
    private const byte Handshake = 22;
    private const byte Alert = 21;

    private readonly TaskCompletionSource _firstByteReceived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the server's first byte starts a TLS record (RFC 8446 section 5.1); null until the server has sent something.</summary>
    public bool? IsTls { get; private set; }

    /// <summary>Completes when the server has sent its first byte.</summary>
    public Task FirstByteReceived => _firstByteReceived.Task;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanTimeout => inner.CanTimeout;

    public override int ReadTimeout
    {
        get => inner.ReadTimeout;
        set => inner.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => inner.WriteTimeout;
        set => inner.WriteTimeout = value;
    }

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Inspect(inner.Read(buffer, offset, count), buffer.AsSpan(offset));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => Inspect(await inner.ReadAsync(buffer, cancellationToken), buffer.Span);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Inspect(int count, ReadOnlySpan<byte> read)
    {
        if (count > 0 && IsTls is null)
        {
            IsTls = read[0] is Handshake or Alert;
            _firstByteReceived.TrySetResult();
        }

        return count;
    }
}
