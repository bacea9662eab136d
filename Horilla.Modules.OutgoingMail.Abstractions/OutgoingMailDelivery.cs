using MimeKit;

namespace Horilla.Modules.OutgoingMail;

/// <summary>A message sent with <see cref="IOutgoingMailService.SendManyAsync"/>, and its result.</summary>
/// <param name="Message">The message: the same instance that the caller provided.</param>
/// <param name="Result">The result.</param>
public sealed record OutgoingMailDelivery(MimeMessage Message, OutgoingMailResult Result);
