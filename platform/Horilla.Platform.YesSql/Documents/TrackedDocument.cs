using YesSql;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The state of one object in a session.</summary>
internal sealed class TrackedDocument(object entity, Document document)
{
    public object Entity { get; } = entity;

    /// <summary>The row as it was read or last written; its content is empty until the first write.</summary>
    public Document Document { get; } = document;

    public bool IsStored { get; set; }

    /// <summary>Whether the object was ever saved. Each flush then writes it if it has changed.</summary>
    public bool IsTracked { get; set; }

    /// <summary>Whether the object was saved since the last flush. The next flush writes it even if it has not changed.</summary>
    public bool IsPending { get; set; }

    public bool IsDeleted { get; set; }

    public bool ChecksConcurrency { get; set; }
}
