namespace OrchardCore.Locking;

/// <summary>Gives a lock back when it is disposed.</summary>
public interface ILocker : IDisposable, IAsyncDisposable
{
}
