using System.Net;
using System.Net.Sockets;

namespace Horilla.Testing;

/// <summary>A server that accepts connections and never replies.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _accepted = [];

    public SilentServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Returns the number of connections that came in since the last call.</summary>
    public int AcceptPendingConnections()
    {
        var count = 0;

        for (; _listener.Pending(); count++)
        {
            // They stay open: a closed connection would tell the client that it was rejected.
            _accepted.Add(_listener.AcceptSocket());
        }

        return count;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _accepted.ForEach(socket => socket.Dispose());
    }
}
