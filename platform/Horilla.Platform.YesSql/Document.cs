namespace YesSql;

/// <summary>A row of the document table: an object in its serialized form.</summary>
public class Document
{
    public long Id { get; set; }

    /// <summary>The full name of the object's type and the name of its assembly, without a version.</summary>
    public string Type { get; set; } = "";

    /// <summary>The object as JSON.</summary>
    public string Content { get; set; } = "";

    /// <summary>Incremented only by saves that check concurrency.</summary>
    public long Version { get; set; }

    public Document Clone() => new() { Id = Id, Type = Type, Content = Content, Version = Version };
}
