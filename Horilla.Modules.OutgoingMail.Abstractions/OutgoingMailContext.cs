using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>A mail on its way, for the handlers of its events. Used by one attempt.</summary>
/// <param name="message">See <see cref="Message"/>.</param>
/// <param name="configurationId">See <see cref="ConfigurationId"/>.</param>
/// <param name="isTest">See <see cref="IsTest"/>.</param>
public sealed class OutgoingMailContext(MimeMessage message, string configurationId, bool isTest)
{
    /// <summary>The message. Its From, Sender and Resent fields are set after the event "sending".</summary>
    public MimeMessage Message { get; } = message;

    /// <summary>The id of the configuration that it goes through, of 26 characters.</summary>
    public string ConfigurationId { get; } = configurationId;

    /// <summary>Whether an administrator sends it to try the server.</summary>
    public bool IsTest { get; } = isTest;

    /// <summary>Why a handler stopped it; null where none did.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Keeps the message from being sent. The first reason stays. Has no effect after the event "sending".</summary>
    /// <param name="reason">Why, for people: it becomes the message of the result's error.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null or blank.</exception>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        StopReason ??= reason;
    }
}
