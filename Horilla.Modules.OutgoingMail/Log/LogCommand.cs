namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>What an administrator can do with several messages of the log.</summary>
public enum LogCommand
{
    /// <summary>Try waiting messages now.</summary>
    TryNow,

    /// <summary>Cancel waiting messages.</summary>
    Cancel,

    /// <summary>Record that messages in doubt arrived.</summary>
    Arrived,

    /// <summary>Send messages again that are done.</summary>
    SendAgain,
}
