using MailKit.Net.Smtp;
using MailKit.Security;

namespace Horilla.Bench.Sending;

/// <summary>MailKit alone, on one connection that is held: the limit of what a connection gives. Several senders take turns.</summary>
internal sealed class HeldConnection : IContestant
{
    public string Name => "MailKit, one held connection";

    public async Task<Measurement> RunAsync(BenchCase what, TimeSpan warmUp, TimeSpan time)
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

/// <summary>MailKit with a connection for each mail, as OrchardCore.Email.Smtp sends.</summary>
internal sealed class ConnectionPerMessage : IContestant
{
    public string Name => "MailKit, a connection per mail";

    public Task<Measurement> RunAsync(BenchCase what, TimeSpan warmUp, TimeSpan time)
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
    public static async Task<SmtpClient> OpenAsync(BenchCase what)
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
