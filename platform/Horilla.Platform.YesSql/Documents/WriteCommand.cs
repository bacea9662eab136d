namespace Horilla.Platform.Storage.Documents;

/// <summary>A statement of a flush.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="CreateNoRowsException">Creates the exception for the case that no row changes, or null if that isn't an error.</param>
internal sealed record WriteCommand(string Sql, object Parameters, Func<Exception>? CreateNoRowsException = null);
