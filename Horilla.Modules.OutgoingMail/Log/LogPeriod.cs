namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The period that the log shows.</summary>
public enum LogPeriod
{
    /// <summary>The last 24 hours.</summary>
    Day,

    /// <summary>The last 7 days.</summary>
    Week,

    /// <summary>The last 30 days.</summary>
    Month,

    /// <summary>Everything.</summary>
    All,
}
