using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>The message that <see cref="IOutgoingMailEvents"/> handlers receive, with its server. Belongs to a single attempt.</summary>
/// <param name="message">See <see cref="Message"/>.</param>
/// <param name="configurationId">See <see cref="ConfigurationId"/>.</param>
/// <param name="isTest">See <see cref="IsTest"/>.</param>
public sealed class OutgoingMailContext(MimeMessage message, string configurationId, bool isTest)
{
    /// <summary>The message. Its From and Sender are set, and its Resent fields removed, after <see cref="IOutgoingMailEvents.SendingAsync"/>.</summary>
    public MimeMessage Message { get; } = message;

    /// <summary>The ID of the configuration that the message is sent through (26 characters).</summary>
    public string ConfigurationId { get; } = configurationId;

    /// <summary>Whether an administrator sends the message to test the server.</summary>
    public bool IsTest { get; } = isTest;

    /// <summary>The ID of the message in the outbox (26 characters), or null if it is sent directly.</summary>
    public string? MailId { get; init; }

    /// <summary>Why a handler stopped the message, or null if none did.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Prevents the message from being sent. The first reason is kept. Has no effect after <see cref="IOutgoingMailEvents.SendingAsync"/>.</summary>
    /// <param name="reason">The reason, for display. It becomes the message of the result's error.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null or blank.</exception>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        StopReason ??= reason;
    }
}
