using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Networks;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Horilla.Modules.OutgoingMail.Smtp;
using Horilla.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>How connections age, with a real server and a clock that the tests control.</summary>
public sealed class SmtpConnectionLifetimeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SecretProtector _secrets = new(new EphemeralDataProtectionProvider(), new ShellSettings { Name = "Default" });
    private readonly ResourceManagerStringLocalizerFactory _localizers = new(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);
    private AioSmtpServer? _server;
    private SmtpConnectionPoolProvider? _pools;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_pools is not null)
        {
            await _pools.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        var (transport, configuration) = await StartAsync(new SmtpConnectionOptions { IdleSeconds = 60 });
        await SendAsync(transport, configuration);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, _server!.Count("quit"));
        _time.Advance(TimeSpan.FromSeconds(16));

        await _server.WaitForOutputAsync("quit");
    }

    [Fact]
    public async Task An_idle_connection_is_checked_before_it_is_used_again()
    {
        var (transport, configuration) = await StartAsync(new SmtpConnectionOptions { CheckAfterSeconds = 5 });
        await SendAsync(transport, configuration);
        _time.Advance(TimeSpan.FromSeconds(4));
        await SendAsync(transport, configuration);
        await _server!.WaitForOutputAsync("took", 2);
        Assert.Equal(0, _server.Count("asked"));
        _time.Advance(TimeSpan.FromSeconds(5));
        await SendAsync(transport, configuration);
        await _server.WaitForOutputAsync("took", 3);

        Assert.Equal(1, _server.Count("asked"));
        Assert.Equal(1, _server.Count("connected"));
    }

    [Fact]
    public async Task A_connection_whose_server_no_longer_replies_is_replaced()
    {
        var (transport, configuration) = await StartAsync(new SmtpConnectionOptions { CheckAfterSeconds = 5 }, "--hang-when-asked");
        await SendAsync(transport, configuration);
        _time.Advance(TimeSpan.FromSeconds(5));
        var sending = SendAsync(transport, configuration);
        await _server!.WaitForOutputAsync("asked");
        _time.Advance(TimeSpan.FromSeconds(5));
        await sending;
        await _server.WaitForOutputAsync("took", 2);

        Assert.Equal(2, _server.Count("connected"));
    }

    [Fact]
    public async Task If_all_connections_are_dead_only_one_check_times_out()
    {
        var hold = Path.Combine(_folder.Path, "hold-three");
        var (transport, configuration) = await StartAsync(new SmtpConnectionOptions { CheckAfterSeconds = 5 }, maxConnections: 3, "--hang-when-asked", "--hold", hold);
        var first = Enumerable.Range(0, 3).Select(_ => SendAsync(transport, configuration)).ToArray();
        await _server!.WaitForOutputAsync("holding", 3);
        await File.WriteAllTextAsync(hold, "");
        await Task.WhenAll(first);
        _time.Advance(TimeSpan.FromSeconds(5));
        var sending = SendAsync(transport, configuration);
        await _server.WaitForOutputAsync("asked");
        _time.Advance(TimeSpan.FromSeconds(5));
        await sending;

        Assert.Equal(1, _server.Count("asked"));
        await _server.WaitForOutputAsync("took", 4);
    }

    [Fact]
    public async Task A_connection_is_replaced_after_a_number_of_messages()
    {
        var (transport, configuration) = await StartAsync(new SmtpConnectionOptions { MessagesPerConnection = 3 });

        for (var number = 0; number < 7; number++)
        {
            await SendAsync(transport, configuration);
        }

        await _server!.WaitForOutputAsync("quit", 2);
        await _server.WaitForOutputAsync("took", 7);
        Assert.Equal(3, _server.Count("connected"));
    }

    [Fact]
    public async Task A_message_that_waits_for_a_connection_can_be_cancelled_and_the_error_names_the_cause()
    {
        var hold = Path.Combine(_folder.Path, "hold");
        var (transport, configuration) = await StartAsync(new SmtpConnectionOptions(), "--hold", hold);
        var first = SendAsync(transport, configuration);
        await _server!.WaitForOutputAsync("holding");
        using var giveUp = new CancellationTokenSource();
        var delivery = new DeliveryTrace(transport.Steps, _time, isTest: false);
        using var message = Message();
        var second = transport.SendAsync(configuration, message, delivery, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var error = transport.ExplainTimeout(configuration, delivery);
        await File.WriteAllTextAsync(hold, "");
        await first;

        Assert.Equal("connections-busy", error.Code);
        Assert.Contains("increase Maximum connections", error.NextStep, StringComparison.Ordinal);
        Assert.Equal("MaxConnections", error.Field);
        Assert.True(error.CanRetry);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(1_000, 100)]
    public void A_stored_number_of_connections_out_of_range_is_clamped(int stored, int counts)
        => Assert.Equal(counts, System.Text.Json.JsonSerializer.Deserialize<SmtpServerSettings>($"{{\"MaxConnections\":{stored}}}")!.MaxConnections);

    private static MimeMessage Message()
    {
        var message = new MimeMessage { Subject = "Of age", Body = new TextPart("plain") { Text = "Text" } };
        message.From.Add(new MailboxAddress("Acme", AioSmtpServer.UserName));
        message.To.Add(new MailboxAddress("", "reader@example.com"));

        return message;
    }

    private async Task SendAsync(SmtpTransport transport, OutgoingMailConfiguration configuration)
    {
        using var message = Message();
        await transport.SendAsync(configuration, message, new DeliveryTrace(transport.Steps, _time, isTest: false), CancellationToken.None);
    }

    private async Task<(SmtpTransport Transport, OutgoingMailConfiguration Configuration)> StartAsync(SmtpConnectionOptions options, params string[] behaviour)
        => await StartAsync(options, maxConnections: 1, behaviour);

    private async Task<(SmtpTransport Transport, OutgoingMailConfiguration Configuration)> StartAsync(SmtpConnectionOptions options, int maxConnections, params string[] behaviour)
    {
        using var authority = new TestCertificateAuthority(_folder.Path, "Authority");
        _server = await AioSmtpServer.StartAsync(_folder, "clear", authority.Issue("age", "localhost"), behaviour);
        _pools = new SmtpConnectionPoolProvider(Options.Create(options), _time);
        var replies = new SmtpReplyErrors(new StringLocalizer<SmtpReplyErrors>(_localizers));
        var errors = new SmtpErrors(
            new SmtpTlsErrors(new StringLocalizer<SmtpTlsErrors>(_localizers)),
            new SmtpSignInErrors(replies, new StringLocalizer<SmtpSignInErrors>(_localizers)),
            replies,
            new MessageErrors(new StringLocalizer<MessageErrors>(_localizers)),
            new StringLocalizer<SmtpErrors>(_localizers));
        var configuration = OutgoingMailConfigurationManager.New(SmtpServerType.TechnicalName);
        configuration.Username = AioSmtpServer.UserName;
        configuration.Put(new SmtpServerSettings
        {
            Host = "127.0.0.1",
            Port = _server.Port,
            UseTls = false,
            MaxConnections = maxConnections,
            ProtectedPassword = _secrets.Protect(configuration.ConfigurationId, SmtpServerSettings.PasswordSecret, AioSmtpServer.Password),
        });

        var connector = new SmtpConnector(
            _secrets,
            errors,
            new HappyEyeballsConnector(new NetworkPolicy(Options.Create(new NetworkOptions()), new ShellSettings { Name = ShellSettings.DefaultShellName }), _time),
            new SmtpLocalDomainResolver(Options.Create(options), _time),
            Options.Create(options),
            _time,
            new StringLocalizer<SmtpConnector>(_localizers));

        return (new SmtpTransport(_pools, connector, errors, _time), configuration);
    }
}
