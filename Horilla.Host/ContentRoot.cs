namespace Horilla.Host;

/// <summary>
/// Finds the folder with appsettings.json and the recipes. A published host has them beside itself, wherever it is started
/// from, for example by a systemd unit without WorkingDirectory. <c>dotnet run</c> uses those of the project.
/// </summary>
internal static class ContentRoot
{
    private static readonly string[] Variables = ["ASPNETCORE_CONTENTROOT", "DOTNET_CONTENTROOT"];

    /// <summary>Returns the folder, or null for the default of ASP.NET Core: what is configured, or else the current folder.</summary>
    /// <param name="args">The arguments of the host.</param>
    public static string? Find(string[] args)
        => IsConfigured(args) || File.Exists(Path.Combine(Environment.CurrentDirectory, typeof(ContentRoot).Assembly.GetName().Name + ".csproj")) ? null : AppContext.BaseDirectory;

    private static bool IsConfigured(string[] args)
        => Array.Exists(args, argument => argument.TrimStart('-', '/').StartsWith("contentRoot", StringComparison.OrdinalIgnoreCase))
            || Array.Exists(Variables, variable => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)));
}
