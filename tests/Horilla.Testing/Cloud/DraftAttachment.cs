namespace Horilla.Testing.Cloud;

/// <summary>A file that was attached to a draft.</summary>
public sealed record DraftAttachment(string Name, string ContentType, byte[] Content, bool IsInline, string? ContentId);
