namespace YesSql;

/// <summary>A document that was saved with a concurrency check was changed by another session after it was read.</summary>
public class ConcurrencyException(Document document)
    : Exception($"The document {document.Id} of type '{document.Type}' was changed by another session after it was read.")
{
    public Document Document { get; } = document;
}
