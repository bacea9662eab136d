using System.Diagnostics;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>
/// Programs of Debian's packages, unpacked beside the results and not installed: a mail server that is installed takes
/// the place of the one that the tests use, and would start by itself.
/// </summary>
internal static class DebianPackages
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "bench", "debian");

    /// <summary>The folder with the files of these packages, as they would be below the root.</summary>
    public static async Task<string> UnpackAsync(params string[] packages)
    {
        Directory.CreateDirectory(Folder);

        foreach (var package in packages)
        {
            var done = Path.Combine(Folder, package + ".done");

            if (!File.Exists(done))
            {
                await RunAsync("apt-get", ["download", "-qq", package]);
                var file = Directory.GetFiles(Folder, $"{package}_*.deb").Single();
                await RunAsync("dpkg", ["-x", file, Folder]);
                await File.WriteAllTextAsync(done, "");
            }
        }

        return Folder;
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed: {errors} The bench wants a Debian whose package lists are up to date ('apt-get update').");
        }
    }
}
