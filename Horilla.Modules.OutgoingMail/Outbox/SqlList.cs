using System.Numerics;
using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A list of values in a condition. Databases differ in how they take an array, but all take a parameter for each value.</summary>
internal static class SqlList
{
    /// <summary>
    /// Adds a parameter for each value. The last value is repeated until the number is a power of two, so that there are few
    /// different statements, which databases and Dapper keep.
    /// </summary>
    /// <param name="parameters">Receives the parameters.</param>
    /// <param name="name">The prefix of their names.</param>
    /// <param name="values">The values; at least one.</param>
    /// <returns>The list, such as <c>(@id0, @id1)</c>.</returns>
    public static string Add(DynamicParameters parameters, string name, IReadOnlyList<string> values)
    {
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)values.Count);

        for (var i = 0; i < count; i++)
        {
            parameters.Add(name + i, values[Math.Min(i, values.Count - 1)]);
        }

        return $"({string.Join(", ", Enumerable.Range(0, count).Select(i => $"@{name}{i}"))})";
    }
}
