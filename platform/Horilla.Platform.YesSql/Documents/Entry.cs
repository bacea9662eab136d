using YesSql;

namespace Horilla.Platform.Storage.Documents;

/// <summary>What a session knows of one object.</summary>
internal sealed class Entry(object entity, Document document)
{
    public object Entity { get; } = entity;

    /// <summary>The row as it was read or last written; its content is empty until the first write.</summary>
    public Document Document { get; } = document;

    public bool IsStored { get; set; }

    /// <summary>Saved at some time: each flush writes the object if it has changed.</summary>
    public bool IsTracked { get; set; }

    /// <summary>Saved since the last flush: the next one writes the object, changed or not.</summary>
    public bool IsPending { get; set; }

    public bool IsDeleted { get; set; }

    public bool ChecksConcurrency { get; set; }
}
