namespace Horilla.Platform.Storage.Connections;

/// <summary>A connection factory whose pooled connections can break while they are idle.</summary>
internal interface IPooledConnectionFactory
{
    /// <summary>Discards all idle connections, so that new ones are opened.</summary>
    void ClearPool();
}
