using System.Collections.Concurrent;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The name of a type in the document table: its full name and its assembly's, without a version.</summary>
internal sealed class DocumentTypeNames
{
    private readonly ConcurrentDictionary<Type, string> _names = new();

    public string Of(Type type) => _names.GetOrAdd(type, static key => $"{key.FullName}, {key.Assembly.GetName().Name}");
}
