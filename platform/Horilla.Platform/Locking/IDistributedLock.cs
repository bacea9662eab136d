namespace OrchardCore.Locking.Distributed;

/// <summary>Locks among all nodes. Here there is one node: they are those of this process.</summary>
public interface IDistributedLock : ILock
{
}
