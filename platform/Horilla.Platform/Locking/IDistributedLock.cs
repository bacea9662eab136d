namespace OrchardCore.Locking.Distributed;

/// <summary>Locks between all nodes. This platform has a single node, so they are local to this process.</summary>
public interface IDistributedLock : ILock
{
}
