using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Horilla.Host.FirstSignIn;

/// <summary>
/// Prints where to sign in, at every start until somebody has signed in for the first time. If no password is configured for
/// the first administrator, one is generated: it stays the same, and is printed, until the site is set up.
/// </summary>
internal sealed class FirstSignInHint
{
    private const string DefaultTenantSection = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:";

    private readonly FirstSignInFolder _folder;
    private readonly string _userName;
    private readonly string[] _passwordLines;
    private int _isPending = 1;

    private FirstSignInHint(FirstSignInFolder folder, string userName, params string[] passwordLines)
    {
        _folder = folder;
        _userName = userName;
        _passwordLines = passwordLines;
    }

    /// <summary>Prepares the hint, and configures the generated password if one is needed.</summary>
    /// <returns>The hint, or null if somebody has already signed in.</returns>
    public static FirstSignInHint? Prepare(WebApplicationBuilder builder)
    {
        var folder = FirstSignInFolder.Of(builder.Environment);
        var userName = builder.Configuration[DefaultTenantSection + "AdminUsername"] ?? "admin";
        var isConfigured = !string.IsNullOrEmpty(builder.Configuration[DefaultTenantSection + "AdminPassword"]);

        if (folder.IsSiteSetUp())
        {
            folder.DeletePassword();

            return !folder.Exists() ? null : isConfigured
                ? new FirstSignInHint(folder, userName, ConfiguredLine)
                : new FirstSignInHint(folder, userName, "the one that the first start printed. To get a new one: reset-password " + userName);
        }

        if (isConfigured)
        {
            folder.Create();

            return new FirstSignInHint(folder, userName, ConfiguredLine);
        }

        var password = folder.GetOrCreatePassword(GeneratedPassword.Create);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(DefaultTenantSection + "AdminPassword", (string?)password)]);

        return new FirstSignInHint(folder, userName, password, "          Note it: it isn't shown again once the site is set up. The first request does that, and takes a few seconds.");
    }

    /// <summary>Prints the hint when the host has started, and watches for the first sign-in.</summary>
    public void Use(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() => Print(app));
        app.Use(async (context, next) =>
        {
            await next(context);

            // The tenant has authenticated the user by now.
            if (_isPending == 1 && context.User.Identity is { IsAuthenticated: true } && Interlocked.Exchange(ref _isPending, 0) == 1)
            {
                End(app.Logger);
            }
        });
    }

    private void End(ILogger logger)
    {
        try
        {
            _folder.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "The folder that remembers that nobody has signed in yet couldn't be deleted. The next start prints the hint again.");
        }
    }

    private static string ConfiguredLine => "the configured one (" + DefaultTenantSection + "AdminPassword)";

    private void Print(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

        Console.WriteLine();
        Console.WriteLine($"  Open      {address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)}/Admin");
        Console.WriteLine($"  User      {_userName}");
        Console.WriteLine($"  Password  {string.Join(Environment.NewLine + "  ", _passwordLines)}");
        Console.WriteLine();
    }
}
