using MimeKit;

namespace Horilla.Testing.Cloud;

/// <summary>A mail that the stand-in has sent.</summary>
/// <param name="User">The account that sent it.</param>
/// <param name="Message">What came in MIME form.</param>
/// <param name="Attachments">What was attached to the draft.</param>
public sealed record SentMail(StandInUser User, MimeMessage Message, IReadOnlyList<SentAttachment> Attachments);
