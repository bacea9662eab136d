using MailKit.Net.Smtp;
using MailKit.Security;

namespace Horilla.Bench.Sending;

/// <summary>MailKit on one persistent connection, as the limit of a single connection. Multiple senders take turns.</summary>
internal sealed class PersistentConnectionSender : IBenchmarkSender
{
    public string Name => "MailKit, one persistent connection";

    public async Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time)
    {
        using var client = await MailKitConnection.OpenAsync(what);
        using var turn = new SemaphoreSlim(1);
        var result = await SenderLoop.RunAsync(what, warmUp, time, body => body(async message =>
        {
            await turn.WaitAsync();

            try
            {
                await client.SendAsync(message);
            }
            finally
            {
                turn.Release();
            }
        }));
        await client.DisconnectAsync(quit: true);

        return result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>MailKit with one connection per message, as OrchardCore.Email.Smtp does.</summary>
internal sealed class ConnectionPerMessageSender : IBenchmarkSender
{
    public string Name => "MailKit, one connection per message";

    public Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time)
        => SenderLoop.RunAsync(what, warmUp, time, body => body(async message =>
        {
            using var client = await MailKitConnection.OpenAsync(what);
            await client.SendAsync(message);
            await client.DisconnectAsync(quit: true);
        }));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal static class MailKitConnection
{
    public static async Task<SmtpClient> OpenAsync(BenchmarkCase what)
    {
        var client = new SmtpClient { CheckCertificateRevocation = false };
        await client.ConnectAsync("localhost", what.Port, what.IsSecure ? SecureSocketOptions.StartTls : SecureSocketOptions.None);

        if (what.IsSecure)
        {
            await client.AuthenticateAsync(MailSink.UserName, MailSink.Password);
        }

        return client;
    }
}
