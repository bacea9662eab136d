using Microsoft.AspNetCore.Identity;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Services;

namespace Horilla.Host;

/// <summary>
/// The command <c>reset-password USER [--tenant NAME]</c>: gives a user of a tenant a new, generated password and prints it.
/// For operators whose administrators can't sign in. All sessions of the user end.
/// </summary>
internal static class ResetPasswordCommand
{
    private const string Name = "reset-password";
    private const string TenantOption = "--tenant";

    /// <summary>Whether the arguments of the host call this command.</summary>
    public static bool IsCalledBy(string[] args) => args is [Name, ..];

    /// <summary>Runs the command.</summary>
    /// <param name="services">The services of the host, which isn't started.</param>
    /// <param name="args">The arguments of the host.</param>
    /// <returns>The exit code: 0, or 1 if the password wasn't changed.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string[] args)
    {
        if (args is not [_, var userName, .. var options] || options is not ([] or [TenantOption, _]))
        {
            return Fail($"Usage: {Name} USER [{TenantOption} NAME]. USER is a user name or email address.");
        }

        var tenant = options is [_, var name] ? name : ShellSettings.DefaultShellName;
        var shellHost = services.GetRequiredService<IShellHost>();
        await shellHost.InitializeAsync();

        if (!shellHost.TryGetSettings(tenant, out var settings))
        {
            return Fail($"There is no tenant '{tenant}'. The tenants are: {string.Join(", ", shellHost.GetAllSettings().Select(other => other.Name).Order(StringComparer.Ordinal))}.");
        }

        if (!settings.IsRunning())
        {
            return Fail($"The tenant '{tenant}' isn't running. Set it up or enable it first.");
        }

        var exitCode = 1;
        await (await shellHost.GetScopeAsync(settings)).UsingAsync(async scope => exitCode = await ResetAsync(scope.ServiceProvider, userName, tenant));

        return exitCode;
    }

    private static async Task<int> ResetAsync(IServiceProvider services, string userName, string tenant)
    {
        if (services.GetService<IUserService>() is not { } userService || await userService.GetUserAsync(userName) is not { } user)
        {
            return Fail($"The tenant '{tenant}' has no user '{userName}'.");
        }

        var users = services.GetRequiredService<UserManager<IUser>>();
        var password = GeneratedPassword.Create();
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);

        if (!result.Succeeded)
        {
            return Fail($"The password wasn't changed: {string.Join(" ", result.Errors.Select(error => error.Description))}");
        }

        if (users.SupportsUserLockout)
        {
            await users.SetLockoutEndDateAsync(user, null);
        }

        Console.WriteLine($"The new password of '{user.UserName}' is: {password}");
        Console.WriteLine("It is shown only once. Sign in and change it under Users.");

        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);

        return 1;
    }
}
