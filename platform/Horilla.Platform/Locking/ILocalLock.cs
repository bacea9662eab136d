namespace OrchardCore.Locking;

/// <summary>Locks within this process.</summary>
public interface ILocalLock : ILock
{
}
