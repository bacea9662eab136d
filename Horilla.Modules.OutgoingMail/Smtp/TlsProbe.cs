using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Finds out why a server says nothing. One that speaks TLS from the first byte waits for the client, just as the client
/// waits for its greeting: neither would ever say why. After a while of silence a second connection asks by TLS. It is for test mails alone: servers that greet late on
/// purpose, to tell clients from senders of spam, count it against us.
/// </summary>
internal sealed class TlsProbe(TimeProvider time)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);

    /// <summary>Whether the server answered TLS on a second connection; false once it has greeted on the first.</summary>
    public async Task<bool> SpeaksTlsAtOnceAsync(FirstByteStream first, EndPoint server, string host, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var silence = Task.Delay(timeout / 2 < LongestSilence ? timeout / 2 : LongestSilence, time, cancellationToken);

        if (await Task.WhenAny(first.Began, silence) != silence || cancellationToken.IsCancellationRequested)
        {
            return await NeverAsync(cancellationToken);
        }

        // The address that answered: the name may have others, which don't.
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            using var second = new FirstByteStream(new NetworkStream(socket, ownsSocket: false));

            // Nothing is said beyond the handshake, and no certificate is accepted.
            using var tls = new SslStream(second, leaveInnerStreamOpen: true, (_, _, _, _) => false);

            try
            {
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // How the server began has told it all.
            }

            if (second.BeganWithTls == true)
            {
                return true;
            }
        }
        catch (SocketException)
        {
            // The first connection will tell what is wrong with the server.
        }

        return await NeverAsync(cancellationToken);
    }

    /// <summary>The first connection decides: there is nothing to tell by another one.</summary>
    public static async Task<bool> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return false;
    }
}
