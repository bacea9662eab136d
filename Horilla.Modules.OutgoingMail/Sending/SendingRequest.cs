using Horilla.Modules.OutgoingMail.ServerTypes;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>A message to send through a server.</summary>
/// <param name="Configuration">The server.</param>
/// <param name="Message">The message. Its sender and identity are set.</param>
/// <param name="ActingUser">The user on whose behalf the message is sent, or null for the user of the request.</param>
/// <param name="Purpose">What the message is sent for.</param>
public sealed record SendingRequest(OutgoingMailConfiguration Configuration, MimeMessage Message, MailboxAddress? ActingUser, SendingPurpose Purpose)
{
    /// <summary>The ID of the message in the outbox, or null if it is sent directly.</summary>
    public string? MailId { get; init; }

    /// <summary>See <see cref="DeliveryTrace.ContentStarting"/>.</summary>
    public Func<CancellationToken, Task>? ContentStarting { get; init; }

    /// <summary>See <see cref="DeliveryTrace.CompletedRecipients"/>.</summary>
    public IReadOnlySet<string> CompletedRecipients { get; init; } = new HashSet<string>();
}
