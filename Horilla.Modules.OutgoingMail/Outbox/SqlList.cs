using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>A list of values in a condition. Databases differ in how they take an array, but all take a parameter for each value.</summary>
internal static class SqlList
{
    /// <summary>Adds a parameter for each value.</summary>
    /// <param name="parameters">Receives the parameters.</param>
    /// <param name="name">The prefix of their names.</param>
    /// <param name="values">The values; at least one.</param>
    /// <returns>The list, such as <c>(@id0, @id1)</c>.</returns>
    public static string Add(DynamicParameters parameters, string name, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            parameters.Add(name + i, values[i]);
        }

        return $"({string.Join(", ", Enumerable.Range(0, values.Count).Select(i => $"@{name}{i}"))})";
    }
}
