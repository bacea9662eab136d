namespace Horilla.Samples.ContactUs.Messages;

/// <summary>What came of a message.</summary>
public enum ContactMessageState
{
    /// <summary>A mail server took it.</summary>
    Sent,

    /// <summary>It was handed over to a mail server that is set to fail silently, and tells nobody that it did not take it.</summary>
    HandedOver,

    /// <summary>No mail server took it, or not for everybody.</summary>
    NotSent,
}
