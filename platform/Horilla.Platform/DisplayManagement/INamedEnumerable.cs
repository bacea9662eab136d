namespace OrchardCore.DisplayManagement;

/// <summary>Positional and named arguments.</summary>
public interface INamedEnumerable<T> : IEnumerable<T>
{
    IList<T> Positional { get; }

    IDictionary<string, T> Named { get; }
}
