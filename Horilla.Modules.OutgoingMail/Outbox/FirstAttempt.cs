namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The attempt to send a message at once, after which it goes into the outbox.</summary>
/// <param name="ConfigurationId">The ID of the configuration that it was sent through.</param>
/// <param name="Result">The result of the attempt.</param>
internal sealed record FirstAttempt(string ConfigurationId, OutgoingMailResult Result);
