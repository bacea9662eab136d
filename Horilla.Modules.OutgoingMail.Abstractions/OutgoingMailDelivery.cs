using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>One of many messages, and what came of it.</summary>
/// <param name="Message">The message, the very object that was given.</param>
/// <param name="Result">What came of it.</param>
public sealed record OutgoingMailDelivery(MimeMessage Message, OutgoingMailResult Result);
