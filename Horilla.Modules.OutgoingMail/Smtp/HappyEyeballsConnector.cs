using System.Net;
using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Networks;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Connects to a host that may have several addresses. An address that doesn't answer delays the next one only briefly:
/// Happy Eyeballs (RFC 8305 section 5). Addresses that <see cref="NetworkPolicy"/> doesn't allow are skipped. Thread-safe.
/// </summary>
/// <param name="policy">Decides which addresses are allowed.</param>
/// <param name="time">The clock.</param>
public sealed class HappyEyeballsConnector(NetworkPolicy policy, TimeProvider time)
{
    /// <summary>The delay before the next address is tried: the Connection Attempt Delay that RFC 8305 section 8 recommends.</summary>
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>The maximum number of addresses to try: a malicious name server can return thousands.</summary>
    private const int MaxAddresses = 16;

    /// <summary>Connects to the first of the addresses that answers.</summary>
    /// <param name="addresses">The addresses in the order of the DNS lookup; at least one.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Cancels all attempts.</param>
    /// <exception cref="NetworkNotAllowedException">None of the addresses is allowed.</exception>
    /// <exception cref="SocketException">None of them accepted the connection. A refused connection is reported in preference to other errors.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Socket> ConnectAsync(IReadOnlyCollection<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        var allowed = addresses.Where(policy.Allows).ToArray();

        if (allowed.Length == 0)
        {
            throw new NetworkNotAllowedException(policy.ConfigurationError);
        }

        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<IPAddress>(Interleave(allowed).Take(MaxAddresses));
        List<Task<Socket>> attempts = [];
        List<SocketException> failures = [];

        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();

                if (waiting.TryDequeue(out var address))
                {
                    attempts.Add(ConnectAsync(address, port, race.Token));
                }
                else if (attempts.Count == 0)
                {
                    throw failures.Find(failure => failure.SocketErrorCode == SocketError.ConnectionRefused) ?? failures[0];
                }

                var next = waiting.Count > 0 ? Task.Delay(AttemptDelay, time, race.Token) : Task.Delay(Timeout.Infinite, race.Token);
                await Task.WhenAny([next, .. attempts]);

                if (await TakeConnectedAsync(attempts, failures) is { } connected)
                {
                    return connected;
                }
            }
        }
        finally
        {
            await race.CancelAsync();

            foreach (var attempt in attempts)
            {
                _ = DiscardAsync(attempt);
            }
        }
    }

    /// <summary>Removes the attempts that have ended.</summary>
    /// <returns>The socket of the first one that has connected, or null if there is none yet.</returns>
    private static async Task<Socket?> TakeConnectedAsync(List<Task<Socket>> attempts, List<SocketException> failures)
    {
        if (attempts.Find(attempt => attempt.IsCompletedSuccessfully) is { } connected)
        {
            attempts.Remove(connected);

            return await connected;
        }

        foreach (var failed in attempts.Where(attempt => attempt.IsFaulted).ToArray())
        {
            attempts.Remove(failed);
            failures.Add((SocketException)failed.Exception!.InnerException!);
        }

        return null;
    }

    /// <summary>Alternates between the address families, starting with the family of the first address (RFC 8305 section 4).</summary>
    private static IEnumerable<IPAddress> Interleave(IPAddress[] addresses)
    {
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToArray();
        var second = addresses.Except(first).ToArray();

        for (var index = 0; index < Math.Max(first.Length, second.Length); index++)
        {
            if (index < first.Length)
            {
                yield return first[index];
            }

            if (index < second.Length)
            {
                yield return second[index];
            }
        }
    }

    /// <summary>Closes a connection that lost the race.</summary>
    private static async Task DiscardAsync(Task<Socket> attempt)
    {
        await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (attempt.IsCompletedSuccessfully)
        {
            (await attempt).Dispose();
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);

            return socket;
        }
        catch
        {
            socket.Dispose();

            throw;
        }
    }
}
