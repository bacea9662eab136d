namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Between the client and the connection: it keeps what the client says until it waits for an answer, so that a command, or
/// the end of a message, is no packet of its own; and it says DATA along with sender and recipients (RFC 2920 section 3.1),
/// which saves a round trip for each message. The answer to DATA is kept until the client says it. The content of a message
/// never goes ahead.
/// </summary>
/// <param name="conversation">Tells whether what is said is the content of a message, which may look like commands.</param>
/// <param name="inner">The connection, after its TLS handshake where it has one.</param>
/// <param name="heard">What the server has said already, for the client to hear first; empty for nothing.</param>
/// <param name="leaveOpen">Whether the connection outlives this; or else it is closed with it.</param>
internal sealed class PipelinedStream(SmtpConversation conversation, Stream inner, ReadOnlyMemory<byte> heard = default, bool leaveOpen = false) : Stream
{
    private const int BufferSize = 16 * 1024;

    private readonly byte[] _said = new byte[BufferSize];
    private readonly byte[] _answers = new byte[BufferSize];
    private int _saidLength;
    private int _answersStart;
    private int _answersEnd;
    private ReadOnlyMemory<byte> _heard = heard;

    /// <summary>The commands of the group, from MAIL to the last RCPT; 0 where no group is being said.</summary>
    private int _group;

    /// <summary>DATA was said ahead, and the client has not said it yet.</summary>
    private bool _isAhead;

    /// <summary>The answers of the group that the client has not heard yet, while DATA is ahead.</summary>
    private int _unheard;

    private SmtpReplyEnd _replyEnd;
    private SmtpReplyLimit _replyLimit;

    /// <summary>Whether the server takes several commands at once (PIPELINING).</summary>
    public bool Pipelines { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isAhead)
        {
            if (buffer.Span.SequenceEqual("DATA\r\n"u8))
            {
                _isAhead = false;

                return;
            }

            await ForgetDataAsync(cancellationToken);
        }

        if (Pipelines && !conversation.ContentHasBegun && (_group > 0 || IsMailWithData(buffer.Span)))
        {
            _group += buffer.Span.Count((byte)'\n');
        }

        await KeepAsync(buffer, cancellationToken);
    }

    /// <summary>Nothing: what is kept goes when the client waits for an answer.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_heard.Length > 0)
        {
            var length = Math.Min(_heard.Length, buffer.Length);
            _heard[..length].CopyTo(buffer);
            _heard = _heard[length..];

            return length;
        }

        if (_group > 1)
        {
            // Sender and recipients: DATA is the last command that a group may have.
            await KeepAsync("DATA\r\n"u8.ToArray(), cancellationToken);
            _isAhead = true;
            _unheard = _group;
            _replyEnd = default;
        }

        _group = 0;
        await SayAsync(cancellationToken);

        if (_answersStart == _answersEnd && !await HearAsync(cancellationToken))
        {
            return 0;
        }

        var answers = _answers.AsMemory(_answersStart, Math.Min(_answersEnd - _answersStart, buffer.Length));

        if (_isAhead)
        {
            answers = answers[..UpToDataAnswer(answers.Span)];
        }

        answers.CopyTo(buffer);
        _answersStart += answers.Length;

        return answers.Length;
    }

    /// <summary>The client reads and writes asynchronously.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc cref="Read(byte[], int, int)"/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether a message begins, whose content goes by DATA: that of a binary one goes by BDAT (RFC 3030 section 3).</summary>
    private static bool IsMailWithData(ReadOnlySpan<byte> said) => said.StartsWith("MAIL FROM:"u8) && said.IndexOf("BODY=BINARYMIME"u8) < 0;

    private async ValueTask KeepAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var length = Math.Min(buffer.Length, _said.Length - _saidLength);
            buffer[..length].CopyTo(_said.AsMemory(_saidLength));
            _saidLength += length;
            buffer = buffer[length..];

            if (_saidLength == _said.Length)
            {
                await SayAsync(cancellationToken);
            }
        }
    }

    private async ValueTask SayAsync(CancellationToken cancellationToken)
    {
        if (_saidLength > 0)
        {
            var length = _saidLength;
            _saidLength = 0;
            conversation.HasNetworkFailed = true;
            await inner.WriteAsync(_said.AsMemory(0, length), cancellationToken);
            await inner.FlushAsync(cancellationToken);
            conversation.HasNetworkFailed = false;
        }
    }

    private async ValueTask<bool> HearAsync(CancellationToken cancellationToken)
    {
        _answersStart = 0;
        _answersEnd = 0;
        conversation.HasNetworkFailed = true;
        var received = await inner.ReadAsync(_answers, cancellationToken);
        conversation.HasNetworkFailed = received == 0;
        _replyLimit.Count(_answers.AsSpan(0, received));
        _answersEnd = received;

        return received > 0;
    }

    /// <summary>How much of what was heard belongs to the answers before the one to DATA.</summary>
    private int UpToDataAnswer(ReadOnlySpan<byte> answers)
    {
        var length = 0;

        while (length < answers.Length && _unheard > 0)
        {
            if (_replyEnd.IsEnd(answers[length++]))
            {
                _unheard--;
            }
        }

        // More than was asked for: whoever reads on is told whatever comes.
        return length == 0 ? answers.Length : length;
    }

    /// <summary>
    /// The client does not go on to the content, for nobody takes the message. A server that asks for the content all the
    /// same is left: a message that is ended here would be an empty one, and might be delivered.
    /// </summary>
    private async ValueTask ForgetDataAsync(CancellationToken cancellationToken)
    {
        _isAhead = false;
        var code = new List<byte>();

        for (var reply = default(SmtpReplyEnd); ;)
        {
            if (_answersStart == _answersEnd && !await HearAsync(cancellationToken))
            {
                throw new IOException("The server closed the connection.");
            }

            var heard = _answers[_answersStart++];
            code.Add(heard);

            if (reply.IsEnd(heard))
            {
                break;
            }
        }

        if (code[0] == (byte)'3')
        {
            throw new SmtpUnwantedDataException();
        }
    }
}
