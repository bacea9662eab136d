namespace OrchardCore.Locking;

/// <summary>Releases a lock when it is disposed.</summary>
public interface ILocker : IDisposable, IAsyncDisposable
{
}
