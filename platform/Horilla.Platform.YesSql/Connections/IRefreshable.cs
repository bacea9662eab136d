namespace Horilla.Platform.Storage.Connections;

/// <summary>Keeps connections that may die while they wait.</summary>
internal interface IRefreshable
{
    /// <summary>Lets go of all that wait: the next ones are new.</summary>
    void Refresh();
}
