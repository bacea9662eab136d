using System.Globalization;
using System.Net;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>
/// The mail servers: Postfix's smtp-sink, which accepts and discards messages, and nginx in front of it, with STARTTLS and AUTH.
/// </summary>
internal sealed class MailSink : IAsyncDisposable
{
    public const string UserName = "info@acme.example";
    public const string Password = "right horse Battery 9";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _authenticator = new();
    private ServerProcess? _sink;
    private ServerProcess? _front;

    /// <summary>The port that accepts email unencrypted and without authentication.</summary>
    public int PlainPort { get; } = FreePort.Next();

    /// <summary>The port that accepts email after STARTTLS and AUTH.</summary>
    public int SecurePort { get; } = FreePort.Next();

    public static async Task<MailSink> StartAsync((string Certificate, string Key) certificate)
    {
        var root = await DebianPackages.UnpackAsync("postfix", "nginx", "libnginx-mod-mail");
        var sink = new MailSink();
        sink._sink = new ServerProcess(
            Path.Combine(root, "usr/sbin/smtp-sink"),
            // smtp-sink requires a user to switch to when it is started as root.
            [.. Environment.IsPrivilegedProcess ? new[] { "-u", "nobody" } : [], "-m", "500", $"127.0.0.1:{Text(sink.PlainPort)}", "500"],
            environment: new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = Path.Combine(root, "usr/lib/postfix") });
        await FreePort.WaitForListenerAsync(sink.PlainPort, () => sink._sink.Output);
        var authentication = sink.Authenticate();
        var configuration = Path.Combine(sink._folder.Path, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            worker_processes 1;
            pid {{sink._folder.Path}}/nginx.pid;
            error_log stderr warn;
            load_module {{root}}/usr/lib/nginx/modules/ngx_mail_module.so;
            events { worker_connections 1000; }
            mail {
                server_name localhost;
                auth_http {{authentication}};
                xclient off;
                smtp_auth plain login;
                smtp_capabilities PIPELINING "SIZE 104857600" 8BITMIME ENHANCEDSTATUSCODES;
                ssl_certificate {{certificate.Certificate}};
                ssl_certificate_key {{certificate.Key}};
                server { listen 127.0.0.1:{{Text(sink.SecurePort)}}; protocol smtp; starttls only; smtp_greeting_delay 0; }
            }
            """);
        sink._front = new ServerProcess(Path.Combine(root, "usr/sbin/nginx"), ["-p", sink._folder.Path, "-c", configuration, "-e", "stderr"]);
        await FreePort.WaitForListenerAsync(sink.SecurePort, () => sink._front.Output);

        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        _authenticator.Close();

        if (_front is not null)
        {
            await _front.DisposeAsync();
        }

        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts the HTTP server that tells nginx who may sign in and which server to use.</summary>
    private string Authenticate()
    {
        var address = $"127.0.0.1:{Text(FreePort.Next())}/";
        _authenticator.Prefixes.Add("http://" + address);
        _authenticator.Start();
        _ = AnswerAsync();

        return address;
    }

    private async Task AnswerAsync()
    {
        while (_authenticator.IsListening)
        {
            HttpListenerContext request;

            try
            {
                request = await _authenticator.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            // nginx escapes spaces in the credentials.
            var isRight = request.Request.Headers["Auth-User"] == UserName && Uri.UnescapeDataString(request.Request.Headers["Auth-Pass"] ?? "") == Password;
            request.Response.Headers["Auth-Status"] = isRight ? "OK" : "Wrong user name or password";
            request.Response.Headers["Auth-Server"] = "127.0.0.1";
            request.Response.Headers["Auth-Port"] = Text(PlainPort);
            request.Response.Close();
        }
    }
}
