namespace Horilla.Platform.Setup;

/// <summary>One change of a tenant at a time: what is decided on its state holds until it is done. Thread-safe.</summary>
internal sealed class TenantGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    public async Task<IDisposable> EnterAsync()
    {
        await _gate.WaitAsync();

        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
