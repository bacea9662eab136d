namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Finds the end of a server's reply: the first line without a hyphen after its code (RFC 5321 section 4.2.1).</summary>
internal struct SmtpReplyScanner
{
    private const int AfterCode = 3;

    private int _column;
    private bool _isContinued;

    /// <summary>Whether the reply ends with this byte, the next one that the server sent.</summary>
    public bool IsEnd(byte next)
    {
        if (next != (byte)'\n')
        {
            _isContinued = _column == AfterCode ? next == (byte)'-' : _isContinued;
            _column++;

            return false;
        }

        var ends = !_isContinued;
        _column = 0;
        _isContinued = false;

        return ends;
    }
}
