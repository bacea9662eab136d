using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Horilla.Platform.Storage.Documents;

/// <summary>Reads and writes an <see cref="int"/> or <see cref="long"/> property of documents. Without the property, a document reads as 0.</summary>
/// <param name="name">The name of the property.</param>
internal sealed class NumericPropertyAccessor(string name)
{
    private readonly ConcurrentDictionary<Type, PropertyInfo?> _properties = new();

    public long Get(object document) => Property(document) is { } property ? Convert.ToInt64(property.GetValue(document), CultureInfo.InvariantCulture) : 0;

    public void Set(object document, long value)
    {
        if (Property(document) is { CanWrite: true } property)
        {
            property.SetValue(document, Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }
    }

    private PropertyInfo? Property(object document) => _properties.GetOrAdd(document.GetType(), type =>
    {
        var property = type.GetProperty(name);

        return property is not null && (property.PropertyType == typeof(long) || property.PropertyType == typeof(int)) ? property : null;
    });
}
