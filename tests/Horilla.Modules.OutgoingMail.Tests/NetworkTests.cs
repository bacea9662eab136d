using System.Net;
using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Networks;
using Horilla.Modules.OutgoingMail.Smtp;
using Horilla.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The addresses that a tenant's mail servers may have, and how a host with several addresses is reached.</summary>
public sealed class NetworkTests
{
    private const string Default = ShellSettings.DefaultShellName;

    [Theory]
    [InlineData("8.8.8.8", true, true)]
    [InlineData("10.1.2.3", true, true)]
    [InlineData("192.168.1.1", true, true)]
    [InlineData("2001:db8::1", true, true)]
    [InlineData("fd12::1", true, true)]
    [InlineData("127.0.0.1", true, false)]
    [InlineData("127.9.9.9", true, false)]
    [InlineData("::1", true, false)]
    [InlineData("::ffff:127.0.0.1", true, false)]
    [InlineData("64:ff9b::127.0.0.1", true, false)]
    [InlineData("2002:7f00:1::1", true, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("0.1.2.3", false, false)]
    [InlineData("::", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("169.254.1.1", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("::169.254.169.254", false, false)]
    [InlineData("64:ff9b::169.254.169.254", false, false)]
    [InlineData("64:ff9b:1::a9fe:a9fe", false, false)]
    [InlineData("2002:a9fe:a9fe::1", false, false)]
    [InlineData("2001:0:4136:e378:8000:63bf:5601:5601", false, false)]
    [InlineData("fe80::200:5efe:8.8.8.8", false, false)]
    [InlineData("2001:db8::200:5efe:169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("fd00:ec2::254", false, false)]
    [InlineData("fd20:ce::254", false, false)]
    [InlineData("fd00:42::42", false, false)]
    [InlineData("64:ff9b:1:a9fe:a9:fe00:808:808", false, false)]
    [InlineData("64:ff9b:1:0:7f:0:100:0", true, false)]
    [InlineData("64:ff9b:1::10.0.0.5", true, true)]
    [InlineData("64:ff9b:1:808:8:800::", true, true)]
    [InlineData("::ffff:0:169.254.169.254", false, false)]
    [InlineData("168.63.129.16", false, false)]
    [InlineData("100.100.100.200", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("ff02::1", false, false)]
    public void By_default_link_local_and_metadata_addresses_are_blocked_and_only_the_default_tenant_may_use_loopback(string address, bool forDefault, bool forOthers)
    {
        Assert.Equal(forDefault, Policy(Default).Allows(IPAddress.Parse(address)));
        Assert.Equal(forOthers, Policy("acme").Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.20.0.0/16", "10.20.9.0/24", "10.20.1.1", true)]
    [InlineData("10.20.0.0/16", "10.20.9.0/24", "10.20.9.1", false)]
    [InlineData("10.20.0.0/16", "10.20.9.0/24", "::ffff:10.20.1.1", true)]
    [InlineData("10.20.0.0/16", "10.20.9.0/24", "64:ff9b::10.20.1.1", true)]
    [InlineData("10.20.0.0/16", "10.20.9.0/24", "64:ff9b::10.20.9.1", false)]
    [InlineData("10.20.0.0/16", "", "8.8.8.8", false)]
    [InlineData("10.20.0.0/16", "", "2001:db8:bad::5efe:10.20.1.1", false)]
    [InlineData("10.20.0.0/16", "", "fd12::5efe:10.20.1.1", false)]
    [InlineData("10.20.0.0/16", "", "127.0.0.1", false)]
    [InlineData("127.0.0.0/8 ::1", "", "127.0.0.1", true)]
    [InlineData("127.0.0.0/8 ::1", "", "::1", true)]
    [InlineData("0.0.0.0/0, ::/0", "", "169.254.169.254", false)]
    [InlineData("", "8.8.0.0/16; 2001:db8::/32", "8.8.8.8", false)]
    [InlineData("", "8.8.0.0/16; 2001:db8::/32", "2001:db8:1::1", false)]
    [InlineData("10.20.30.40/16", "", "10.20.1.1", true)]
    public void An_operator_can_allow_and_deny_networks(string allow, string deny, string address, bool isAllowed)
        => Assert.Equal(isAllowed, Policy("acme", allow, deny).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0/8/8")]
    [InlineData("mail.example.com")]
    [InlineData("::/129")]
    public void An_invalid_range_allows_nothing_and_is_reported(string range)
    {
        var policy = Policy(Default, allow: range);

        Assert.Contains($"'{range}' in Horilla_OutgoingMail_Networks:Allow", policy.ConfigurationError, StringComparison.Ordinal);
        Assert.False(policy.Allows(IPAddress.Parse("8.8.8.8")));
    }

    [Fact]
    public void Networks_can_be_configured_as_an_array()
    {
        var options = new NetworkOptions();
        options.Bind(new ConfigurationBuilder().AddInMemoryCollection([new("Allow:0", "10.0.0.0/8"), new("Allow:1", "fd00::/8")]).Build());

        Assert.Equal(["10.0.0.0/8", "fd00::/8"], options.Allow);
        Assert.Empty(options.Deny);
    }

    [Fact]
    public async Task An_address_that_drops_packets_does_not_prevent_a_connection_to_the_next_one()
    {
        using var silent = new BlackHoleListener(IPAddress.Parse("127.0.0.2"));
        await using var server = new FakeSmtpServer(address: IPAddress.Parse("127.0.0.3"), port: silent.Port);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = await Dialer(Default).ConnectAsync([IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")], silent.Port, limit.Token);

        Assert.Equal("127.0.0.3", ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString());
    }

    [Fact]
    public async Task A_refused_connection_is_reported_if_no_address_accepts_one()
    {
        var error = await Assert.ThrowsAsync<SocketException>(() => Dialer(Default).ConnectAsync([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], FreePort.Next(), CancellationToken.None));

        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Fact]
    public async Task No_connection_is_made_to_addresses_that_are_not_allowed()
    {
        await using var server = new FakeSmtpServer();

        await Assert.ThrowsAsync<NetworkNotAllowedException>(() => Dialer("acme").ConnectAsync([IPAddress.Loopback, IPAddress.Parse("169.254.169.254")], server.Port, CancellationToken.None));
        Assert.Equal(0, server.Connections);
    }

    private static HappyEyeballsConnector Dialer(string tenant) => new(Policy(tenant), TimeProvider.System);

    private static NetworkPolicy Policy(string tenant, string allow = "", string deny = "")
    {
        var options = new NetworkOptions();
        options.Bind(new ConfigurationBuilder().AddInMemoryCollection([new("Allow", allow), new("Deny", deny)]).Build());

        return new NetworkPolicy(Options.Create(options), new ShellSettings { Name = tenant });
    }

    /// <summary>A listener whose backlog is full. Further connections get no reply, as behind a firewall that drops packets.</summary>
    private sealed class BlackHoleListener : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public BlackHoleListener(IPAddress address)
        {
            _listener.Bind(new IPEndPoint(address, 0));
            _listener.Listen(0);

            // More than fit: the queue holds backlog + 1 connections.
            for (var index = 0; index < 3; index++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _waiting.Add(socket);

                try
                {
                    socket.Connect(_listener.LocalEndPoint!);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // The connection is in progress. It gets no reply once the queue is full.
                }
            }
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public void Dispose()
        {
            _waiting.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
