using Dapper;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Inserts rows of several tables with few statements and round trips.</summary>
/// <param name="connection">The connection.</param>
internal sealed class SqlInserts(OutboxConnection connection)
{
    /// <summary>Below the limits of all databases.</summary>
    private const int MaxParameters = 900;

    private readonly List<string> _statements = [];
    private DynamicParameters _parameters = new();
    private int _count;

    /// <summary>Adds rows, and inserts what would be too much for one round trip.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The values of each row, in the order of the columns.</param>
    public async Task AddAsync(string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        for (var start = 0; start < rows.Count;)
        {
            var count = Math.Min((MaxParameters - _count) / columns.Count, rows.Count - start);

            if (count == 0)
            {
                await FlushAsync();
                continue;
            }

            _statements.Add(Create(_parameters, $"s{_statements.Count}", table, columns, rows.Skip(start).Take(count)));
            _count += count * columns.Count;
            start += count;
        }
    }

    /// <summary>Inserts what was added.</summary>
    public async Task FlushAsync()
    {
        if (_statements.Count > 0)
        {
            await connection.ExecuteAsync(_statements, _parameters);
            _statements.Clear();
            _parameters = new DynamicParameters();
            _count = 0;
        }
    }

    /// <summary>Creates a statement that inserts rows.</summary>
    /// <param name="parameters">Receives the values.</param>
    /// <param name="name">The prefix of their names.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The values of each row; at least one row.</param>
    public static string Create(DynamicParameters parameters, string name, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var values = rows.Select((row, number) => $"({string.Join(", ", row.Select((value, column) => Add($"{name}r{number}c{column}", value)))})");

        return $"INSERT INTO {{{table}}} ({string.Join(", ", columns.Select(column => $"[{column}]"))}) VALUES {string.Join(", ", values)}";

        string Add(string parameter, object? value)
        {
            parameters.Add(parameter, value);

            return "@" + parameter;
        }
    }
}
