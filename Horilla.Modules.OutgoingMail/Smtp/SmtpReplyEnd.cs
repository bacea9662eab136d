namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Finds where an answer of a server ends: with the first line that has no hyphen after its code (RFC 5321 section 4.2.1).</summary>
internal struct SmtpReplyEnd
{
    private const int AfterCode = 3;

    private int _column;
    private bool _goesOn;

    /// <summary>Whether an answer ends with this byte, the next one of what the server says.</summary>
    public bool IsEnd(byte next)
    {
        if (next != (byte)'\n')
        {
            _goesOn = _column == AfterCode ? next == (byte)'-' : _goesOn;
            _column++;

            return false;
        }

        var ends = !_goesOn;
        _column = 0;
        _goesOn = false;

        return ends;
    }
}
