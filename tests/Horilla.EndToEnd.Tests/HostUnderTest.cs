namespace Horilla.EndToEnd.Tests;

/// <summary>The host under test: the tests' own host or an existing one, on either platform.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="UserName">The user name of an administrator.</param>
/// <param name="Password">The administrator's password.</param>
public sealed record HostUnderTest(Uri Address, string UserName, string Password)
{
    /// <summary>Returns the host that the environment variables name, or null if they don't name one.</summary>
    public static HostUnderTest? FromEnvironment()
        => Environment.GetEnvironmentVariable("HORILLA_E2E_URL") is { Length: > 0 } url
            ? new HostUnderTest(
                new Uri(url),
                Environment.GetEnvironmentVariable("HORILLA_E2E_USER") ?? throw Missing("HORILLA_E2E_USER"),
                Environment.GetEnvironmentVariable("HORILLA_E2E_PASSWORD") ?? throw Missing("HORILLA_E2E_PASSWORD"))
            : null;

    private static InvalidOperationException Missing(string name) => new($"HORILLA_E2E_URL is set, but {name} is not.");
}
