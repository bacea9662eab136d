using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Finds out why a server stays silent. A server with implicit TLS waits for the client, while the client waits for the
/// greeting, so neither ever reports an error. After some silence, a second connection tries TLS. Used only for test
/// messages: servers that delay the greeting to detect spammers would hold the second connection against the sender.
/// </summary>
internal sealed class TlsProbe(TimeProvider time)
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(3);

    /// <summary>Returns true if the server responds with TLS on a second connection. Otherwise ends only when cancelled, with false.</summary>
    public async Task<bool> DetectImplicitTlsAsync(TlsDetectionStream first, EndPoint server, string host, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var silence = Task.Delay(timeout / 2 < MaxSilence ? timeout / 2 : MaxSilence, time, cancellationToken);

        if (await Task.WhenAny(first.FirstByteReceived, silence) != silence || cancellationToken.IsCancellationRequested)
        {
            return await WaitForCancellationAsync(cancellationToken);
        }

        // The address that answered, because the name may have others that don't.
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            using var second = new TlsDetectionStream(new NetworkStream(socket, ownsSocket: false));

            // Nothing is sent after the handshake, because no certificate is accepted.
            using var tls = new SslStream(second, leaveInnerStreamOpen: true, (_, _, _, _) => false);

            try
            {
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // Only the server's first byte matters.
            }

            if (second.IsTls == true)
            {
                return true;
            }
        }
        catch (SocketException)
        {
            // The first connection will show what is wrong with the server.
        }

        return await WaitForCancellationAsync(cancellationToken);
    }

    /// <summary>Ends only when cancelled, with false: the first connection decides.</summary>
    public static async Task<bool> WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return false;
    }
}
