using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Horilla.Bench.Sending;

/// <summary>
/// A TCP relay that delays data by a fixed time in each direction. It runs in a separate process, so that its work isn't
/// measured.
/// </summary>
internal static class LatencyRelay
{
    public static async Task RunAsync(string[] arguments)
    {
        var numbers = arguments.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture)).ToArray();
        var (port, target, delay) = (numbers[0], numbers[1], TimeSpan.FromMilliseconds(numbers[2]));
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(500);

        while (true)
        {
            _ = RelayAsync(await listener.AcceptSocketAsync(), target, delay);
        }
    }

    private static async Task RelayAsync(Socket client, int target, TimeSpan delay)
    {
        using (client)
        {
            using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await server.ConnectAsync(IPAddress.Loopback, target);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAll(PumpAsync(client, server, delay), PumpAsync(server, client, delay));
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, TimeSpan delay)
    {
        var underWay = Channel.CreateUnbounded<(byte[] Data, long At)>();
        var sending = SendAsync(to, underWay.Reader, delay);
        var buffer = new byte[64 * 1024];

        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                underWay.Writer.TryWrite((buffer[..count], Stopwatch.GetTimestamp()));
            }
        }
        catch (SocketException)
        {
            // The source broke the connection. The other side sees the end of the stream.
        }

        underWay.Writer.Complete();
        await sending;
    }

    private static async Task SendAsync(Socket to, ChannelReader<(byte[] Data, long At)> underWay, TimeSpan delay)
    {
        try
        {
            await foreach (var (data, at) in underWay.ReadAllAsync())
            {
                var left = delay - Stopwatch.GetElapsedTime(at);

                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left);
                }

                for (var sent = 0; sent < data.Length;)
                {
                    sent += await to.SendAsync(data.AsMemory(sent));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The target has already closed the connection.
        }
    }
}
