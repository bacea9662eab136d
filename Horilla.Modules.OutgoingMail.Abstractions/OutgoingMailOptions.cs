using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Options for sending a message. The server is selected by <see cref="ConfigurationId"/>, otherwise by
/// <see cref="Username"/>, otherwise by <see cref="Category"/> if an administrator chose a server for it, otherwise by the
/// domain of the message's From (see <see cref="ChoosesByFrom"/>). Otherwise it's the primary server.
/// </summary>
public sealed record OutgoingMailOptions
{
    /// <summary>The ID of the configuration to send through (26 characters), or null to select the server another way.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>
    /// The "Email Host Username" of the configuration to send through (case-insensitive), or null to select the server another
    /// way. If several match, the primary server is used, or else the oldest one.
    /// </summary>
    public string? Username { get; init; }

    /// <summary>
    /// Whether the domain of the message's From can select the server, if neither ID nor user name does. It does so if the
    /// Default From Mail of exactly one configuration has that domain. True by default.
    /// </summary>
    public bool ChoosesByFrom { get; init; } = true;

    /// <summary>
    /// The user on whose behalf the message is sent, for configurations that use a dynamic display name, or null for the user
    /// of the current request. Set it in background work, where there is no request. An invalid address is ignored.
    /// </summary>
    public MailboxAddress? ActingUser { get; init; }

    /// <summary>
    /// What kind of message it is, for example <c>password-reset</c>, or null for none. At most 100 characters; case and
    /// surrounding spaces don't matter. A module announces its categories with
    /// <see cref="MailCategoryServiceCollectionExtensions.AddMailCategory"/>.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>
    /// Whether a message that can't be sent now, but may be accepted later (<see cref="OutgoingMailError.CanRetry"/>), goes into
    /// the outbox instead of failing. The result is then <see cref="OutgoingMailStatus.Queued"/>. A message that is accepted for
    /// some recipients goes there for those that may be accepted later; if others were rejected for good, the result is
    /// <see cref="OutgoingMailStatus.PartiallySent"/> with only these in <see cref="OutgoingMailResult.RefusedRecipients"/>.
    /// False by default. Has no effect on messages that are enqueued.
    /// </summary>
    public bool RetryInBackground { get; init; }
}
