namespace Horilla.Platform.Admin.Users;

/// <summary>
/// Lets the attempts to sign in as one user go one after another, so that many at once are counted as many. Some users
/// share a place in it, which bounds it. One for each tenant, thread-safe.
/// </summary>
public sealed class SignInQueue : IDisposable
{
    private readonly SemaphoreSlim[] _places = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the attempts that came before.</summary>
    /// <returns>What lets the next one go when it is disposed.</returns>
    public async Task<IDisposable> EnterAsync(string userName, CancellationToken cancellationToken)
    {
        var place = _places[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(userName) % _places.Length];
        await place.WaitAsync(cancellationToken);

        return new Turn(place);
    }

    public void Dispose()
    {
        foreach (var place in _places)
        {
            place.Dispose();
        }
    }

    private sealed class Turn(SemaphoreSlim place) : IDisposable
    {
        public void Dispose() => place.Release();
    }
}
