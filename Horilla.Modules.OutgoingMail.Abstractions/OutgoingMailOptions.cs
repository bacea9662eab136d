using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// How a message is to be sent. The server is the one of <see cref="ConfigurationId"/>, or else of <see cref="Username"/>,
/// or else the one whose Default From Mail has the domain of the message's From, or else the primary one.
/// </summary>
public sealed record OutgoingMailOptions
{
    /// <summary>The id of the configuration to send through, of 26 characters; null for not by id.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>
    /// The "Email Host Username" of the configuration to send through, without regard to case; null for not by name. Of
    /// several it is the primary one, or else the oldest.
    /// </summary>
    public string? Username { get; init; }

    /// <summary>
    /// Whether the domain of the message's From may choose the server, where neither id nor user name does: if exactly one
    /// configuration sends from that domain. True unless it is set.
    /// </summary>
    public bool ChoosesByFrom { get; init; } = true;

    /// <summary>
    /// The user who causes the mail, for configurations that use a dynamic display name; null for the one of the request.
    /// Background work gives it, for there is no request. An address that is none is not used.
    /// </summary>
    public MailboxAddress? ActingUser { get; init; }
}
