using System.Globalization;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>
/// Postfix's smtpd with STARTTLS and AUTH. It passes each message on to another server (a before-queue filter), so that no
/// queue on a disk limits the measurement.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string MainConfiguration = """
        compatibility_level = 3.6
        queue_directory = @FOLDER@/queue
        data_directory = @FOLDER@/data
        meta_directory = @FOLDER@/etc
        command_directory = @ROOT@/usr/sbin
        daemon_directory = @ROOT@/usr/lib/postfix/sbin
        shlib_directory = @ROOT@/usr/lib/postfix
        import_environment = MAIL_CONFIG LD_LIBRARY_PATH=@ROOT@/usr/lib/postfix
        mail_owner = daemon
        setgid_group = operator
        default_privs = nobody
        maillog_file = /dev/null
        maillog_file_prefixes = /dev/null
        myhostname = localhost
        mydestination =
        mynetworks =
        alias_maps =
        local_recipient_maps =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        message_size_limit = 104857600
        mailbox_size_limit = 0
        smtpd_peername_lookup = no
        smtpd_client_connection_count_limit = 0
        smtpd_tls_security_level = may
        smtpd_tls_auth_only = yes
        smtpd_tls_cert_file = @CERTIFICATE@
        smtpd_tls_key_file = @KEY@
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = inet:127.0.0.1:@AUTH@
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_recipient_restrictions =
        smtpd_proxy_filter = 127.0.0.1:@NEXT@
        """;

    private const string Services = """
        127.0.0.1:@PORT@ inet n - n - 100 smtpd
        tlsmgr unix - - n - 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd
        """;

    private readonly TemporaryFolder _folder;
    private readonly DovecotAuthServer _auth;
    private readonly ServerProcess _master;

    private PostfixServer(TemporaryFolder folder, DovecotAuthServer auth, ServerProcess master)
    {
        _folder = folder;
        _auth = auth;
        _master = master;
    }

    /// <summary>Starts Postfix. Its master process has to be root.</summary>
    /// <param name="root">The folder with the files of Debian's package.</param>
    /// <param name="port">The port that it listens on.</param>
    /// <param name="next">The port of the server that it passes messages on to.</param>
    /// <param name="certificate">Its certificate and key.</param>
    public static async Task<PostfixServer> StartAsync(string root, int port, int next, (string Certificate, string Key) certificate)
    {
        var folder = new TemporaryFolder();
        var auth = DovecotAuthServer.Start(MailSink.UserName, MailSink.Password);
        var etc = folder.CreateSubfolder("etc");
        folder.CreateSubfolder("data");

        foreach (var name in new[] { "pid", "private", "public" })
        {
            Directory.CreateDirectory(Path.Combine(folder.CreateSubfolder("queue"), name));
        }

        var values = new Dictionary<string, string>
        {
            ["FOLDER"] = folder.Path,
            ["ROOT"] = root,
            ["CERTIFICATE"] = certificate.Certificate,
            ["KEY"] = certificate.Key,
            ["PORT"] = Text(port),
            ["AUTH"] = Text(auth.Port),
            ["NEXT"] = Text(next),
        };
        await File.WriteAllTextAsync(Path.Combine(etc, "main.cf"), Fill(MainConfiguration, values));
        await File.WriteAllTextAsync(Path.Combine(etc, "master.cf"), Fill(Services, values));
        await File.WriteAllTextAsync(Path.Combine(etc, "dynamicmaps.cf"), "");
        await DebianPackages.RunAsRootAsync("chown", "-R", "daemon", folder.PathOf("data"), folder.PathOf("queue/private"), folder.PathOf("queue/public"));
        await DebianPackages.RunAsRootAsync("chmod", "o+x", folder.Path);
        var (program, arguments) = DebianPackages.AsRoot("env", $"LD_LIBRARY_PATH={root}/usr/lib/postfix", $"{root}/usr/lib/postfix/sbin/master", "-c", etc, "-d");
        var server = new PostfixServer(folder, auth, new ServerProcess(program, arguments));

        try
        {
            await FreePort.WaitForListenerAsync(port, () => server._master.Output);
        }
        catch
        {
            await server.DisposeAsync();

            throw;
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // The process may belong to root, and only root can end it then. It ends its own processes.
        var pid = _folder.PathOf("queue/pid/master.pid");
        await DebianPackages.RunAsRootAsync("sh", "-c", $"test ! -f {pid} || kill $(cat {pid})");
        await _master.WaitForExitAsync();
        await _master.DisposeAsync();
        await _auth.DisposeAsync();
        await DebianPackages.RunAsRootAsync("rm", "-rf", _folder.PathOf("data"), _folder.PathOf("queue"));
        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Fill(string configuration, Dictionary<string, string> values)
        => values.Aggregate(configuration, (text, value) => text.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal)) + "\n";
}
