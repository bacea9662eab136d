using System.Globalization;

namespace Horilla.Testing;

/// <summary>A host in its own process, with its own data folder.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    public const string Administrator = "admin";
    public const string Password = "Admin-1234";

    private readonly ServerProcess _process;

    private HostProcess(ServerProcess process, Uri address, string data)
    {
        _process = process;
        Address = address;
        Data = data;
    }

    public Uri Address { get; }

    /// <summary>The App_Data folder.</summary>
    public string Data { get; }

    /// <summary>Everything that it has written to the console.</summary>
    public string Log => _process.Output;

    /// <summary>The physical memory that it uses, in bytes.</summary>
    public long ResidentBytes => _process.ResidentBytes;

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    public string Database => Path.Combine(Data, "Sites", "Default", "OrchardCore.db");

    /// <summary>Starts a host, and waits until it listens.</summary>
    /// <param name="project">The folder of the host's project, relative to the repository root.</param>
    /// <param name="data">The folder for its data.</param>
    /// <param name="trustedAuthority">The certificate file of the only authority that it trusts, or null for the machine's authorities.</param>
    /// <param name="settings">Additional configuration, as environment variables.</param>
    public static async Task<HostProcess> StartAsync(string project, string data, string? trustedAuthority = null, params (string Name, string Value)[] settings)
    {
        var port = FreePort.Next();
        var address = new Uri($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}");
        var process = Start(project, data, ["--urls", address.ToString()], trustedAuthority, settings);
        await FreePort.WaitForListenerAsync(port, () => process.Output);

        return new HostProcess(process, address, data);
    }

    /// <summary>Starts a host from another folder than its own, and waits until it listens.</summary>
    public static async Task<HostProcess> StartInFolderAsync(string project, string data, string folder)
    {
        var port = FreePort.Next();
        var address = new Uri($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}");
        var process = Start(project, data, ["--urls", address.ToString()], null, [], folder);
        await FreePort.WaitForListenerAsync(port, () => process.Output);

        return new HostProcess(process, address, data);
    }

    /// <summary>Runs a host that can't start and waits until it exits.</summary>
    public static Task<(int ExitCode, string Output)> RunToExitAsync(string project, string data, params (string Name, string Value)[] settings)
        => WaitForExitAsync(Start(project, data, ["--urls", $"http://localhost:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}"], null, settings));

    /// <summary>Runs a command of a host, for example <c>reset-password</c>, and waits until it ends.</summary>
    public static Task<(int ExitCode, string Output)> RunCommandAsync(string project, string data, params string[] arguments)
        => WaitForExitAsync(Start(project, data, arguments, null, []));

    /// <inheritdoc cref="ServerProcess.WaitForOutputAsync(string)"/>
    public Task WaitForLogAsync(string text) => _process.WaitForOutputAsync(text);

    /// <summary>Kills the host if it runs, as a crash does.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Waits until the default tenant serves requests.</summary>
    public async Task WaitForShellAsync()
    {
        using var browser = new WebBrowser(Address);
        await browser.GetAsync("/Login");
    }

    /// <summary>Stops the host in the middle of whatever it does, until <see cref="Resume"/>.</summary>
    public void Pause() => _process.Signal("STOP");

    /// <summary>Lets a stopped host go on.</summary>
    public void Resume() => _process.Signal("CONT");

    /// <summary>Sends SIGTERM, as an operating system does, and waits until the host exits.</summary>
    public Task<int> StopAsync()
    {
        _process.Terminate();

        return _process.WaitForExitAsync();
    }

    private static async Task<(int ExitCode, string Output)> WaitForExitAsync(ServerProcess process)
    {
        await using (process)
        {
            return (await process.WaitForExitAsync(), process.Output);
        }
    }

    private static ServerProcess Start(string project, string data, string[] arguments, string? trustedAuthority, (string Name, string Value)[] settings, string? startedFrom = null)
    {
        var folder = Path.Combine(Repository.Root, project);
        var dll = Path.Combine(folder, "bin", Repository.Configuration, "net10.0", Path.GetFileName(project) + ".dll");
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ORCHARD_APP_DATA"] = data,
            ["OrchardCore__OrchardCore_AutoSetup__Tenants__0__AdminPassword"] = Password,
            ["Logging__LogLevel__Default"] = "Debug",

            // The mail servers of the tests run on this machine, and tenants connect to them too.
            ["OrchardCore__Horilla_OutgoingMail_Networks__Allow"] = "0.0.0.0/0 ::/0",
        };

        if (trustedAuthority is not null)
        {
            environment["SSL_CERT_FILE"] = trustedAuthority;
            environment["SSL_CERT_DIR"] = Path.GetDirectoryName(trustedAuthority) + "/no-others";
        }

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return new ServerProcess("dotnet", [dll, .. arguments], startedFrom ?? folder, environment);
    }
}
