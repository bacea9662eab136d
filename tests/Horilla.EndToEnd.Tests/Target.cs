namespace Horilla.EndToEnd.Tests;

/// <summary>The host that the tests drive: one of their own, or one that runs already, on whichever platform.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="UserName">An administrator.</param>
/// <param name="Password">The administrator's password.</param>
public sealed record Target(Uri Address, string UserName, string Password)
{
    /// <summary>The host that environment variables name; null where they name none.</summary>
    public static Target? FromEnvironment()
        => Environment.GetEnvironmentVariable("HORILLA_E2E_URL") is { Length: > 0 } url
            ? new Target(
                new Uri(url),
                Environment.GetEnvironmentVariable("HORILLA_E2E_USER") ?? throw Missing("HORILLA_E2E_USER"),
                Environment.GetEnvironmentVariable("HORILLA_E2E_PASSWORD") ?? throw Missing("HORILLA_E2E_PASSWORD"))
            : null;

    private static InvalidOperationException Missing(string name) => new($"HORILLA_E2E_URL is set, but {name} is not.");
}
