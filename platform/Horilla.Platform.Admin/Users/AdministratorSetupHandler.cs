using Horilla.Platform.Security;
using Horilla.Platform.Setup;
using OrchardCore.Settings;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace Horilla.Platform.Admin.Users;

/// <summary>Creates the administrator account of a new tenant.</summary>
internal sealed class AdministratorSetupHandler(IUserService users, ISiteService siteService) : ITenantSetupHandler
{
    public async Task SetupAsync(TenantSetupOptions options)
    {
        (string Field, string Message)? error = null;
        var user = new User
        {
            UserName = options.AdminUsername,
            Email = options.AdminEmail,
            EmailConfirmed = true,
            RoleNames = [SystemRoles.Administrator],
        };

        if (await users.CreateUserAsync(user, options.AdminPassword, (field, message) => error ??= (field, message)) is null)
        {
            throw new TenantSetupException(error?.Message ?? $"The administrator account '{options.AdminUsername}' can't be created.", error?.Field);
        }

        var site = await siteService.LoadSiteSettingsAsync();
        site.SuperUser = user.UserId;
        await siteService.UpdateSiteSettingsAsync(site);
    }
}
