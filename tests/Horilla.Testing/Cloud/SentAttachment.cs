namespace Horilla.Testing.Cloud;

/// <summary>What was attached to a draft.</summary>
public sealed record SentAttachment(string Name, string ContentType, byte[] Content, bool IsInline, string? ContentId);
