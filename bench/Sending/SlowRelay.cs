using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Horilla.Bench.Sending;

/// <summary>
/// Passes connections on, and everything on them so much later each way. Run as a process of its own, so that its work is
/// nobody's whom the bench measures.
/// </summary>
internal static class SlowRelay
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
            await Task.WhenAll(PassAsync(client, server, delay), PassAsync(server, client, delay));
        }
    }

    private static async Task PassAsync(Socket from, Socket to, TimeSpan delay)
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
            // Broken off by whoever it comes from: the other side sees the end.
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
            // Gone already.
        }
    }
}
