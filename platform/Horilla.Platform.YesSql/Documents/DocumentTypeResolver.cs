using System.Collections.Concurrent;
using System.Reflection;
using YesSql;

namespace Horilla.Platform.Storage.Documents;

/// <summary>
/// The names of types in the document table: full name and assembly name, without a version, unless the type has
/// <see cref="SimplifiedTypeNameAttribute"/>.
/// </summary>
internal sealed class DocumentTypeResolver
{
    private readonly ConcurrentDictionary<Type, string> _names = new();
    private readonly ConcurrentDictionary<string, Type> _types = new(StringComparer.Ordinal);

    public string GetName(Type type)
    {
        var name = _names.GetOrAdd(type, static key => key.GetCustomAttribute<SimplifiedTypeNameAttribute>()?.Name is { Length: > 0 } custom
            ? custom
            : $"{key.FullName}, {key.Assembly.GetName().Name}");
        _types.TryAdd(name, type);

        return name;
    }

    /// <summary>Returns the type of a stored document.</summary>
    /// <param name="name">The stored name of its type.</param>
    /// <param name="requestedType">The requested type, which is usually the stored one.</param>
    /// <exception cref="InvalidOperationException">The type isn't loaded in this process.</exception>
    public Type Resolve(string name, Type requestedType)
        => GetName(requestedType) == name
            ? requestedType
            : _types.GetOrAdd(name, static key => Load(key) ?? throw new InvalidOperationException($"A document has the type '{key}', which isn't loaded in this process. The module that stored it may be missing."));

    private static Type? Load(string name)
    {
        var parts = name.Split(", ");

        return AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == parts[^1])?.GetType(parts[0]);
    }
}
