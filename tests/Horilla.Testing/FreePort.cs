using System.Net;
using System.Net.Sockets;

namespace Horilla.Testing;

public static class FreePort
{
    /// <summary>A port of the loopback interface that nobody listens on.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until somebody listens on a port.</summary>
    public static async Task ListensAsync(int port, Func<string> whyNot)
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
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Nobody listens on port {port}. {whyNot()}");
            }
        }
    }
}
