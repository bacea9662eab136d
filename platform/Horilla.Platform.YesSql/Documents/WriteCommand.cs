namespace Horilla.Platform.Storage.Documents;

/// <summary>A statement of a flush.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="NotFound">The failure where it changes no row; null where that is none.</param>
internal sealed record WriteCommand(string Sql, object Parameters, Func<Exception>? NotFound = null);
