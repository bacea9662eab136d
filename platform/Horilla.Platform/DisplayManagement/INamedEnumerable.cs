namespace OrchardCore.DisplayManagement;

/// <summary>Arguments, of which the last ones have names.</summary>
public interface INamedEnumerable<T> : IEnumerable<T>
{
    IList<T> Positional { get; }

    IDictionary<string, T> Named { get; }
}
