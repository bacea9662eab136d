using MimeKit;

namespace Horilla.Testing.Cloud;

/// <summary>A draft in a mailbox.</summary>
public sealed record Draft(MimeMessage Message, List<DraftAttachment> Attachments);
