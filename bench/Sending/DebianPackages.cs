using System.Diagnostics;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>
/// Programs from Debian packages, unpacked next to the results instead of installed: an installed mail server would replace
/// the one that the tests use, and would start automatically.
/// </summary>
internal static class DebianPackages
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "bench", "debian");

    /// <summary>Downloads and unpacks packages. Returns the folder that contains their files as if it were the root directory.</summary>
    public static async Task<string> UnpackAsync(params string[] packages)
    {
        Directory.CreateDirectory(Folder);

        foreach (var package in packages)
        {
            var done = Path.Combine(Folder, package + ".done");

            if (!File.Exists(done))
            {
                await DownloadAsync(package);
                var file = Directory.GetFiles(Folder, $"{package}_*.deb").Single();
                await RunAsync("dpkg", ["-x", file, Folder]);
                await File.WriteAllTextAsync(done, "");
            }
        }

        return Folder;
    }

    /// <summary>Downloads a package. On a fresh machine, or after an update of Debian, the package lists are out of date.</summary>
    private static async Task DownloadAsync(string package)
    {
        try
        {
            await RunAsync("apt-get", ["download", "-qq", package]);
        }
        catch (InvalidOperationException)
        {
            await RunAsRootAsync("apt-get", "update", "-qq");
            await RunAsync("apt-get", ["download", "-qq", package]);
        }
    }

    /// <summary>Runs a program as root, and waits until it ends.</summary>
    public static Task RunAsRootAsync(string program, params string[] arguments)
    {
        var (file, all) = AsRoot(program, arguments);

        return RunAsync(file, all);
    }

    /// <summary>Returns the command that runs a program as root.</summary>
    public static (string Program, string[] Arguments) AsRoot(string program, params string[] arguments)
        => Environment.IsPrivilegedProcess ? (program, arguments) : ("sudo", [program, .. arguments]);

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed: {errors} The benchmark needs Debian and its package server.");
        }
    }
}
