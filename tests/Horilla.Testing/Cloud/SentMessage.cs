using MimeKit;

namespace Horilla.Testing.Cloud;

/// <summary>A message that the stand-in has sent.</summary>
/// <param name="User">The account that sent it.</param>
/// <param name="Message">The message, parsed from its MIME content.</param>
/// <param name="Attachments">The files that were attached to the draft.</param>
public sealed record SentMessage(FakeUser User, MimeMessage Message, IReadOnlyList<DraftAttachment> Attachments);
