namespace Horilla.Samples.ContactUs.Messages;

/// <summary>The result of a message.</summary>
public enum ContactMessageState
{
    /// <summary>A mail server accepted it.</summary>
    Sent,

    /// <summary>It failed on a mail server that is set to fail silently, so the failure isn't reported to the module.</summary>
    HandedOver,

    /// <summary>No mail server accepted it, or not for all recipients.</summary>
    NotSent,
}
