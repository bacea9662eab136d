using System.Collections.Concurrent;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The name of a type in the document table: its full name and its assembly's, without a version.</summary>
internal sealed class DocumentTypeNames
{
    private readonly ConcurrentDictionary<Type, string> _names = new();
    private readonly ConcurrentDictionary<string, Type> _types = new(StringComparer.Ordinal);

    public string Of(Type type)
    {
        var name = _names.GetOrAdd(type, static key => $"{key.FullName}, {key.Assembly.GetName().Name}");
        _types.TryAdd(name, type);

        return name;
    }

    /// <summary>The type of a stored document.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="wanted">The type that is asked for, which it most often is.</param>
    /// <exception cref="InvalidOperationException">This process has no such type.</exception>
    public Type Find(string name, Type wanted)
        => Of(wanted) == name
            ? wanted
            : _types.GetOrAdd(name, static key => Load(key) ?? throw new InvalidOperationException($"A document is of the type '{key}', which this process does not have. The module that stored it may be missing."));

    private static Type? Load(string name)
    {
        var parts = name.Split(", ");

        return AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == parts[^1])?.GetType(parts[0]);
    }
}
