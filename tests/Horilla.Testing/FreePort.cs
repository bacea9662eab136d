using System.Net;
using System.Net.Sockets;

namespace Horilla.Testing;

public static class FreePort
{
    /// <summary>Returns a loopback port that nothing listens on.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until a server listens on a port.</summary>
    public static async Task WaitForListenerAsync(int port, Func<string> whyNot)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);

                return;
            }
            catch (SocketException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(50);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Nothing listens on port {port}. {whyNot()}", e);
            }
        }
    }
}
