using System.Globalization;

namespace Horilla.Testing;

/// <summary>Exim on loopback: a port for STARTTLS and a port for implicit TLS, both with sign-in, and two ports that don't require a sign-in.</summary>
public sealed class EximServer : IAsyncDisposable
{
    public const string UserName = "info@acme.example";
    public const string Password = "right horse Battery 9";
    public const string RejectedSender = "refused@acme.example";
    public const string RejectedRecipient = "nobody@refused.example";
    public const int SizeLimit = 300;

    private const string Configuration = """
        primary_hostname = localhost
        exim_user = @USER@
        exim_group = @GROUP@
        spool_directory = @SPOOL@
        log_file_path = @LOG@/%slog
        pid_file_path = @PID@
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = @STARTTLS@ : @TLS@ : @OPEN@ : @SMALL@
        tls_on_connect_ports = @TLS@
        tls_advertise_hosts = *
        tls_certificate = @CERTIFICATE@
        tls_privatekey = @KEY@
        auth_advertise_hosts = ${if or{{eq{$received_port}{@OPEN@}}{eq{$received_port}{@SMALL@}}}{}{*}}
        message_size_limit = ${if eq{$received_port}{@SMALL@}{@LIMIT@}{50M}}
        rfc1413_query_timeout = 0s
        host_lookup =
        smtp_enforce_sync = false
        smtp_accept_max = 0
        smtp_accept_queue_per_connection = 0
        acl_smtp_mail = mail
        acl_smtp_rcpt = rcpt

        begin acl
        mail:
          deny senders = @SENDER@
               message = Sender not owned by user
          accept
        rcpt:
          deny recipients = @RECIPIENT@
               message = No such mailbox
          accept authenticated = *
          accept condition = ${if or{{eq{$received_port}{@OPEN@}}{eq{$received_port}{@SMALL@}}}}
          deny message = Relay not permitted

        begin routers
        all:
          driver = accept
          transport = outbox

        begin transports
        outbox:
          driver = appendfile
          directory = @OUTBOX@
          maildir_format
          maildir_tag = .eml
          user = @USER@
          group = @GROUP@
          no_mode_fail_narrower
          mode = 0644
          envelope_to_add
          return_path_add

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and{{eq{$auth2}{@NAME@}}{eq{$auth3}{@PASSWORD@}}}}
          server_set_id = $auth2
          server_advertise_condition = ${if def:tls_in_cipher}
        """;

    private readonly ServerProcess _process;

    private EximServer(ServerProcess process, string received, int startTls, int tls, int open, int small)
    {
        _process = process;
        ReceivedFolder = received;
        StartTlsPort = startTls;
        TlsPort = tls;
        NoAuthPort = open;
        SizeLimitPort = small;
    }

    public string ReceivedFolder { get; }

    public int StartTlsPort { get; }

    public int TlsPort { get; }

    /// <summary>Accepts messages without a sign-in.</summary>
    public int NoAuthPort { get; }

    /// <summary>Accepts messages without a sign-in, but only up to <see cref="SizeLimit"/> bytes.</summary>
    public int SizeLimitPort { get; }

    public static async Task<EximServer> StartAsync(TemporaryFolder folder, (string Certificate, string Key) certificate)
    {
        var (startTls, tls, open, small) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        var outbox = folder.CreateSubfolder("exim-outbox");

        // Exim moves a message there when it's complete.
        var received = folder.CreateSubfolder(Path.Combine("exim-outbox", "new"));
        var configuration = folder.PathOf("exim.conf");
        var (user, group) = Environment.IsPrivilegedProcess ? ("Debian-exim", "Debian-exim") : (Environment.UserName, Environment.UserName);

        var values = new Dictionary<string, string>
        {
            ["USER"] = user,
            ["GROUP"] = group,
            ["SPOOL"] = folder.CreateSubfolder("exim-spool"),
            ["LOG"] = folder.CreateSubfolder("exim-log"),
            ["PID"] = folder.PathOf("exim-log/pid"),
            ["STARTTLS"] = Text(startTls),
            ["TLS"] = Text(tls),
            ["OPEN"] = Text(open),
            ["SMALL"] = Text(small),
            ["CERTIFICATE"] = certificate.Certificate,
            ["KEY"] = certificate.Key,
            ["LIMIT"] = Text(SizeLimit),
            ["SENDER"] = RejectedSender,
            ["RECIPIENT"] = RejectedRecipient,
            ["OUTBOX"] = outbox,
            ["NAME"] = UserName,
            ["PASSWORD"] = Password,
        };

        await File.WriteAllTextAsync(configuration, values.Aggregate(Configuration, (text, value) => text.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal)));

        var process = new ServerProcess("/usr/sbin/exim4", ["-C", configuration, "-bdf", "-odf"]);
        await FreePort.WaitForListenerAsync(small, () => process.Output);

        return new EximServer(process, received, startTls, tls, open, small);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
