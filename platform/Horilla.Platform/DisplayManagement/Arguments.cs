using System.Collections;

namespace OrchardCore.DisplayManagement;

public static class Arguments
{
    /// <summary>Returns the public properties of an object by name.</summary>
    public static INamedEnumerable<object?> From<T>(T propertyObject)
        where T : notnull
        => new NamedArguments(propertyObject.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(propertyObject)));

    public static INamedEnumerable<object?> From(IDictionary<string, object?> dictionary) => new NamedArguments(new Dictionary<string, object?>(dictionary));

    private sealed class NamedArguments(Dictionary<string, object?> named) : INamedEnumerable<object?>
    {
        public IList<object?> Positional { get; } = [];

        public IDictionary<string, object?> Named => named;

        public IEnumerator<object?> GetEnumerator() => named.Values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
