namespace Horilla.TestHost;

/// <summary>A stream that fails after a number of bytes. With -1, it fails as soon as it is read or rewound.</summary>
public sealed class FailingStream(int failsAt) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => failsAt + 1000L;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= failsAt)
        {
            throw new IOException("The file is gone.");
        }

        var length = (int)Math.Min(count, failsAt - _position);
        _position += length;

        return length;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (failsAt < 0)
        {
            throw new InvalidOperationException("The file is gone.");
        }

        return _position = origin == SeekOrigin.Begin ? offset : origin == SeekOrigin.Current ? _position + offset : Length + offset;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
