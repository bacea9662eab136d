using System.Collections.Concurrent;
using System.Reflection;

namespace Horilla.Platform.Storage.Documents;

/// <summary>Reads and writes the property <c>Id</c> of documents. A document without one gets an id that only the store knows.</summary>
internal sealed class IdAccessor
{
    private readonly ConcurrentDictionary<Type, PropertyInfo?> _properties = new();

    public long Get(object document) => Property(document) is { } property ? Convert.ToInt64(property.GetValue(document), null) : 0;

    public void Set(object document, long id)
    {
        if (Property(document) is { CanWrite: true } property)
        {
            property.SetValue(document, Convert.ChangeType(id, property.PropertyType, null));
        }
    }

    private PropertyInfo? Property(object document) => _properties.GetOrAdd(document.GetType(), static type =>
    {
        var property = type.GetProperty("Id");

        return property is not null && (property.PropertyType == typeof(long) || property.PropertyType == typeof(int)) ? property : null;
    });
}
