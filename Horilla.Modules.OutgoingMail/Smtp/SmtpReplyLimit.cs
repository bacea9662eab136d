namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Limits the size of a server's reply. SMTP limits only the length of one line (RFC 5321 section 4.5.3.1.5), not the number
/// of lines, and a client that collects them would run out of memory.
/// </summary>
internal struct SmtpReplyLimit
{
    /// <summary>The maximum size of a reply, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The maximum number of lines in a reply.</summary>
    public const int MaxLines = 1000;

    private SmtpReplyScanner _scanner;
    private int _bytes;
    private int _lines;

    /// <summary>Counts the bytes and lines that the server sent.</summary>
    /// <exception cref="SmtpReplyTooLongException">A reply exceeds the limit.</exception>
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

            if (_scanner.IsEnd(next))
            {
                (_bytes, _lines) = (0, 0);
            }
        }
    }
}
