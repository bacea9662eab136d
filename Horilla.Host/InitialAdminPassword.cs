using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Horilla.Host;

/// <summary>
/// The password of the first administrator. If the host isn't set up yet and no password is configured, one is generated
/// and printed once to the console. It is stored nowhere else.
/// </summary>
internal sealed class InitialAdminPassword
{
    private const string DefaultTenantSection = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:";

    private readonly string _password;
    private readonly string _userName;

    private InitialAdminPassword(string password, string userName)
    {
        _password = password;
        _userName = userName;
    }

    /// <summary>Generates a password if one is needed. Returns null if not.</summary>
    public static InitialAdminPassword? EnsureConfigured(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration[DefaultTenantSection + "AdminPassword"]) || IsSetUp(builder.Environment))
        {
            return null;
        }

        var password = GeneratedPassword.Create();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(DefaultTenantSection + "AdminPassword", (string?)password)]);

        return new InitialAdminPassword(password, builder.Configuration[DefaultTenantSection + "AdminUsername"] ?? "admin");
    }

    public void PrintOnApplicationStarted(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

        Console.WriteLine();
        Console.WriteLine($"  Open      {address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)}/Admin");
        Console.WriteLine($"  User      {_userName}");
        Console.WriteLine($"  Password  {_password}");
        Console.WriteLine("  This password is shown only once. The first request sets up the site, which takes a few seconds.");
        Console.WriteLine();
    });

    private static bool IsSetUp(IHostEnvironment environment)
    {
        var folder = Environment.GetEnvironmentVariable("ORCHARD_APP_DATA") is { Length: > 0 } configured
            ? configured
            : Path.Combine(environment.ContentRootPath, "App_Data");

        // While a setup runs, or after it was interrupted, the file exists and the tenant's state is Initializing.
        return Path.Combine(folder, "tenants.json") is var file && File.Exists(file) && File.ReadAllText(file).Contains("\"Running\"", StringComparison.Ordinal);
    }
}
