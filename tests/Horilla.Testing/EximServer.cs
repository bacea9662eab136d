using System.Globalization;

namespace Horilla.Testing;

/// <summary>Exim on loopback: STARTTLS with sign-in, TLS from the first byte with sign-in, and a port that needs none.</summary>
public sealed class EximServer : IAsyncDisposable
{
    public const string UserName = "info@acme.example";
    public const string Password = "right horse Battery 9";
    public const string RefusedSender = "refused@acme.example";
    public const string RefusedRecipient = "nobody@refused.example";
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
          file = @OUTBOX@/$message_exim_id.eml
          user = @USER@
          group = @GROUP@
          no_mode_fail_narrower
          mode = 0644
          envelope_to_add
          return_path_add
          message_prefix =
          message_suffix =

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

    private EximServer(ServerProcess process, string outbox, int startTls, int tls, int open, int small)
    {
        _process = process;
        Outbox = outbox;
        StartTlsPort = startTls;
        TlsPort = tls;
        OpenPort = open;
        SmallPort = small;
    }

    public string Outbox { get; }

    public int StartTlsPort { get; }

    public int TlsPort { get; }

    /// <summary>Takes mail without a sign-in.</summary>
    public int OpenPort { get; }

    /// <summary>Takes mail without a sign-in, and takes hardly any: it refuses what is larger than <see cref="SizeLimit"/> bytes.</summary>
    public int SmallPort { get; }

    public static async Task<EximServer> StartAsync(TemporaryFolder folder, (string Certificate, string Key) certificate)
    {
        var (startTls, tls, open, small) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        var outbox = folder.Sub("exim-outbox");
        var configuration = folder.File("exim.conf");
        var (user, group) = Environment.IsPrivilegedProcess ? ("Debian-exim", "Debian-exim") : (Environment.UserName, Environment.UserName);

        var values = new Dictionary<string, string>
        {
            ["USER"] = user,
            ["GROUP"] = group,
            ["SPOOL"] = folder.Sub("exim-spool"),
            ["LOG"] = folder.Sub("exim-log"),
            ["PID"] = folder.File("exim-log/pid"),
            ["STARTTLS"] = Text(startTls),
            ["TLS"] = Text(tls),
            ["OPEN"] = Text(open),
            ["SMALL"] = Text(small),
            ["CERTIFICATE"] = certificate.Certificate,
            ["KEY"] = certificate.Key,
            ["LIMIT"] = Text(SizeLimit),
            ["SENDER"] = RefusedSender,
            ["RECIPIENT"] = RefusedRecipient,
            ["OUTBOX"] = outbox,
            ["NAME"] = UserName,
            ["PASSWORD"] = Password,
        };

        await File.WriteAllTextAsync(configuration, values.Aggregate(Configuration, (text, value) => text.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal)));

        var process = new ServerProcess("/usr/sbin/exim4", ["-C", configuration, "-bdf", "-odf"]);
        await FreePort.ListensAsync(small, () => process.Output);

        return new EximServer(process, outbox, startTls, tls, open, small);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
