using System.Net;
using System.Net.Sockets;

namespace Horilla.Testing;

/// <summary>Accepts connections and says nothing.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections came in so far.</summary>
    public int CountConnections()
    {
        var count = 0;

        for (; _listener.Pending(); count++)
        {
            _listener.AcceptSocket().Dispose();
        }

        return count;
    }

    public void Dispose() => _listener.Dispose();
}
