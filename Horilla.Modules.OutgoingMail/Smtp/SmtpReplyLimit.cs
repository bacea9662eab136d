namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Bounds what a server may send as one reply. SMTP itself has no limit for the lines of a reply (RFC 5321 section
/// 4.5.3.1.5 bounds one line), and a client that collects them would run out of memory.
/// </summary>
internal struct SmtpReplyLimit
{
    /// <summary>The longest reply, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most lines of a reply.</summary>
    public const int MaxLines = 1000;

    private SmtpReplyEnd _end;
    private int _bytes;
    private int _lines;

    /// <summary>Counts what the server sent.</summary>
    /// <exception cref="SmtpReplyTooLongException">A reply passes the limit.</exception>
    public void Count(ReadOnlySpan<byte> received)
    {
        foreach (var next in received)
        {
            _bytes++;
            _lines += next == (byte)'\n' ? 1 : 0;

            if (_bytes > MaxBytes || _lines > MaxLines)
            {
                throw new SmtpReplyTooLongException();
            }

            if (_end.IsEnd(next))
            {
                (_bytes, _lines) = (0, 0);
            }
        }
    }
}
