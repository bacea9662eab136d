namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Which messages that are sent at once go into the log. Test messages always do.</summary>
public enum DirectLogMode
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that no server accepted, or not for all recipients.</summary>
    Failures,

    /// <summary>None.</summary>
    None,
}
