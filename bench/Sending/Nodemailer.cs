using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>nodemailer of the npm registry, with its pool of as many connections as a server of the module has by default.</summary>
internal sealed class Nodemailer(string folder, string authority) : IContestant
{
    private const string Version = "10.6.0";

    public string Name => "nodemailer, its pool";

    /// <summary>Installs it; null where there is no Node.</summary>
    public static async Task<Nodemailer?> InstallAsync(string authority)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "bench", "nodemailer")).FullName;

        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "nodemailer")))
            {
                await RunAsync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", $"nodemailer@{Version}"], input: "");
            }

            return new Nodemailer(folder, authority);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public async Task<Measurement> RunAsync(BenchCase what, TimeSpan warmUp, TimeSpan time)
    {
        var order = new
        {
            modules = Path.Combine(folder, "package.json"),
            port = what.Port,
            secure = what.IsSecure,
            user = MailSink.UserName,
            password = MailSink.Password,
            authority,
            senders = what.Senders,
            bytes = what.Bytes,
            warmUp = warmUp.TotalMilliseconds,
            time = time.TotalMilliseconds,
            connections = 4,
        };
        var answer = JsonNode.Parse(await RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "nodemailer.mjs")], JsonSerializer.Serialize(order)))!;

        return new Measurement((double)answer["perSecond"]!, (double)answer["cpu"]!, null, (double)answer["percentile95"]!);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program}' failed: {await errors}");
    }
}
