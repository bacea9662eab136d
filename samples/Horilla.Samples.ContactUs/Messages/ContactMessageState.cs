namespace Horilla.Samples.ContactUs.Messages;

/// <summary>The result of a message.</summary>
public enum ContactMessageState
{
    /// <summary>A mail server accepted it.</summary>
    Sent,

    /// <summary>It was submitted through a mail server that is set to fail silently and failed. The sender isn't told.</summary>
    HandedOver,

    /// <summary>No mail server accepted it, or not for all recipients.</summary>
    NotSent,
}
