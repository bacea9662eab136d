using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Horilla.Testing;

namespace Horilla.Bench.Sending;

/// <summary>nodemailer from the npm registry, with a pool of as many connections as the module's default.</summary>
internal sealed class NodemailerSender(string folder, string authority) : IBenchmarkSender
{
    private const string Version = "10.6.0";

    public string Name => "nodemailer, pooled";

    /// <summary>Installs nodemailer. Returns null if Node isn't available.</summary>
    public static async Task<NodemailerSender?> InstallAsync(string authority)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "bench", "nodemailer")).FullName;

        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "nodemailer")))
            {
                await RunAsync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", $"nodemailer@{Version}"], input: "");
            }

            return new NodemailerSender(folder, authority);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public async Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time)
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
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program}' failed: {await errors}");
    }
}
