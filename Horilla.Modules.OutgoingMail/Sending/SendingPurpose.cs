namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>What a message is sent for.</summary>
public enum SendingPurpose
{
    /// <summary>A module sends it.</summary>
    Message,

    /// <summary>The outbox sends it.</summary>
    Outbox,

    /// <summary>An administrator tests a server.</summary>
    Test,

    /// <summary>An administrator tests settings that aren't saved: nothing about the attempt is stored.</summary>
    UnsavedTest,
}
