using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Horilla.Host;

/// <summary>
/// The password of the first administrator. Where none is configured for a host that is not set up yet, one is made,
/// and printed once to the console; it is kept nowhere else.
/// </summary>
internal sealed class FirstPassword
{
    private const string Tenant = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:";
    private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private readonly string _password;
    private readonly string _userName;

    private FirstPassword(string password, string userName)
    {
        _password = password;
        _userName = userName;
    }

    /// <summary>Makes a password if one is needed; null if not.</summary>
    public static FirstPassword? EnsureConfigured(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration[Tenant + "AdminPassword"]) || IsSetUp(builder.Environment))
        {
            return null;
        }

        // 20 letters and digits of 54 are more than 115 bits; the rest is what password rules ask for.
        var password = RandomNumberGenerator.GetString(Letters, 20) + "-aA7";
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(Tenant + "AdminPassword", (string?)password)]);

        return new FirstPassword(password, builder.Configuration[Tenant + "AdminUsername"] ?? "admin");
    }

    public void PrintWhenStarted(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

        Console.WriteLine();
        Console.WriteLine($"  Open      {address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)}/Admin");
        Console.WriteLine($"  User      {_userName}");
        Console.WriteLine($"  Password  {_password}");
        Console.WriteLine("  This password is shown once. The first page sets the site up, which takes a few seconds.");
        Console.WriteLine();
    });

    private static bool IsSetUp(IHostEnvironment environment)
    {
        var folder = Environment.GetEnvironmentVariable("ORCHARD_APP_DATA") is { Length: > 0 } configured
            ? configured
            : Path.Combine(environment.ContentRootPath, "App_Data");

        // The file is there, with the tenant as initializing, while a set-up runs or when it was broken off.
        return Path.Combine(folder, "tenants.json") is var file && File.Exists(file) && File.ReadAllText(file).Contains("\"Running\"", StringComparison.Ordinal);
    }
}
