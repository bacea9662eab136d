namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>The detected limit of messages for each connection to a server. Not thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class SmtpMessageLimit(TimeProvider time)
{
    /// <summary>How long a detected limit applies. It may have been only a temporary problem of the server.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private int _limit = int.MaxValue;
    private long _since;

    /// <summary>The maximum number of messages, or <see cref="int.MaxValue"/> if no limit was detected.</summary>
    public int Current => time.GetElapsedTime(_since) < Lifetime ? _limit : int.MaxValue;

    /// <summary>Lowers the limit to a number of messages, 1 or more.</summary>
    public void Lower(int messages)
    {
        _limit = Math.Min(Current, Math.Max(messages, 1));
        _since = time.GetTimestamp();
    }
}
