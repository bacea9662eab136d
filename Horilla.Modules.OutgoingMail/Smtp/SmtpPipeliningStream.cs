using Horilla.Modules.OutgoingMail.Sending;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Buffers what the client writes until the client reads a reply, so that a command or the end of a message doesn't become
/// a separate packet. Sends DATA together with MAIL and RCPT (RFC 2920 section 3.1), which saves a round trip for each
/// message. The reply to DATA is held back until the client sends DATA itself. The content of a message is never sent
/// ahead.
/// </summary>
/// <param name="tracker">Tracks whether the content of a message is being sent, which may look like commands.</param>
/// <param name="inner">The connection, after its TLS handshake if there is one.</param>
/// <param name="prefetched">What the server has already sent, for the client to read first; empty if nothing.</param>
/// <param name="leaveOpen">Whether to leave the connection open when this stream is disposed.</param>
internal sealed class SmtpPipeliningStream(SmtpProtocolTracker tracker, Stream inner, ReadOnlyMemory<byte> prefetched = default, bool leaveOpen = false) : AsyncStream
{
    private const int BufferSize = 16 * 1024;

    private readonly byte[] _writeBuffer = new byte[BufferSize];
    private readonly byte[] _readBuffer = new byte[BufferSize];
    private int _writeLength;
    private int _readStart;
    private int _readEnd;
    private ReadOnlyMemory<byte> _prefetched = prefetched;

    /// <summary>The number of commands in the group, from MAIL to the last RCPT; 0 outside of a group.</summary>
    private int _groupCommands;

    /// <summary>Whether DATA was sent ahead, and the client hasn't sent it yet.</summary>
    private bool _isDataSentAhead;

    /// <summary>The number of replies to the group that the client hasn't read yet, while DATA is ahead.</summary>
    private int _unreadReplies;

    private SmtpReplyScanner _replyScanner;
    private SmtpReplyLimit _replyLimit;

    /// <summary>Whether the server accepts several commands at once (PIPELINING).</summary>
    public bool IsPipeliningEnabled { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await tracker.BeforeSendAsync(buffer.Span, cancellationToken);

        if (_isDataSentAhead)
        {
            if (buffer.Span.SequenceEqual("DATA\r\n"u8))
            {
                _isDataSentAhead = false;

                return;
            }

            await DiscardDataReplyAsync(cancellationToken);
        }

        if (IsPipeliningEnabled && !tracker.ContentStarted && (_groupCommands > 0 || IsMailCommandForData(buffer.Span)))
        {
            _groupCommands += buffer.Span.Count((byte)'\n');
        }

        await BufferAsync(buffer, cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_prefetched.Length > 0)
        {
            var length = Math.Min(_prefetched.Length, buffer.Length);
            _prefetched[..length].CopyTo(buffer);
            _prefetched = _prefetched[length..];

            return length;
        }

        if (_groupCommands > 1)
        {
            // The group has MAIL and at least one RCPT. DATA can only be its last command.
            await BufferAsync("DATA\r\n"u8.ToArray(), cancellationToken);
            _isDataSentAhead = true;
            _unreadReplies = _groupCommands;
            _replyScanner = default;
        }

        _groupCommands = 0;
        await SendBufferAsync(cancellationToken);

        if (_readStart == _readEnd && !await ReceiveAsync(cancellationToken))
        {
            return 0;
        }

        var replies = _readBuffer.AsMemory(_readStart, Math.Min(_readEnd - _readStart, buffer.Length));

        if (_isDataSentAhead)
        {
            replies = replies[..GetLengthBeforeDataReply(replies.Span)];
        }

        replies.CopyTo(buffer);
        _readStart += replies.Length;

        return replies.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether this is MAIL for a message that is sent with DATA. A binary message is sent with BDAT (RFC 3030 section 3).</summary>
    private static bool IsMailCommandForData(ReadOnlySpan<byte> command) => command.StartsWith("MAIL FROM:"u8) && command.IndexOf("BODY=BINARYMIME"u8) < 0;

    private async ValueTask BufferAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var length = Math.Min(buffer.Length, _writeBuffer.Length - _writeLength);
            buffer[..length].CopyTo(_writeBuffer.AsMemory(_writeLength));
            _writeLength += length;
            buffer = buffer[length..];

            if (_writeLength == _writeBuffer.Length)
            {
                await SendBufferAsync(cancellationToken);
            }
        }
    }

    private async ValueTask SendBufferAsync(CancellationToken cancellationToken)
    {
        if (_writeLength > 0)
        {
            var length = _writeLength;
            _writeLength = 0;
            tracker.NetworkFailed = true;
            await inner.WriteAsync(_writeBuffer.AsMemory(0, length), cancellationToken);
            await inner.FlushAsync(cancellationToken);
            tracker.NetworkFailed = false;
        }
    }

    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        _readStart = 0;
        _readEnd = 0;
        tracker.NetworkFailed = true;
        var received = await inner.ReadAsync(_readBuffer, cancellationToken);
        tracker.NetworkFailed = received == 0;
        _replyLimit.Count(_readBuffer.AsSpan(0, received));
        _readEnd = received;

        return received > 0;
    }

    /// <summary>Returns how many bytes belong to the replies before the reply to DATA.</summary>
    private int GetLengthBeforeDataReply(ReadOnlySpan<byte> replies)
    {
        var length = 0;

        while (length < replies.Length && _unreadReplies > 0)
        {
            if (_replyScanner.IsEnd(replies[length++]))
            {
                _unreadReplies--;
            }
        }

        // The client has read all replies to the group and still reads: it gets whatever the server sends.
        return length == 0 ? replies.Length : length;
    }

    /// <summary>
    /// Reads and discards the reply to a DATA command that the client doesn't send itself, because no recipient was accepted.
    /// If the server asks for the content anyway, the connection is abandoned: ending the content would submit an empty
    /// message, which might be delivered.
    /// </summary>
    private async ValueTask DiscardDataReplyAsync(CancellationToken cancellationToken)
    {
        _isDataSentAhead = false;
        var code = new List<byte>();

        for (var reply = default(SmtpReplyScanner); ;)
        {
            if (_readStart == _readEnd && !await ReceiveAsync(cancellationToken))
            {
                throw new IOException("The server closed the connection.");
            }

            var next = _readBuffer[_readStart++];
            code.Add(next);

            if (reply.IsEnd(next))
            {
                break;
            }
        }

        if (code[0] == (byte)'3')
        {
            throw new SmtpUnexpectedDataReplyException();
        }
    }
}
