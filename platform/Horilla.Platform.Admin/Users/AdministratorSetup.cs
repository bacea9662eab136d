using Horilla.Platform.Security;
using Horilla.Platform.Setup;
using OrchardCore.Settings;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace Horilla.Platform.Admin.Users;

/// <summary>Makes the administrator of a new tenant.</summary>
internal sealed class AdministratorSetup(IUserService users, ISiteService siteService) : ITenantSetupHandler
{
    public async Task SetupAsync(TenantSetupOptions options)
    {
        var errors = new List<string>();
        var user = new User
        {
            UserName = options.AdminUsername,
            Email = options.AdminEmail,
            EmailConfirmed = true,
            RoleNames = [SystemRoles.Administrator],
        };

        if (await users.CreateUserAsync(user, options.AdminPassword, (_, message) => errors.Add(message)) is null)
        {
            throw new InvalidOperationException($"The administrator '{options.AdminUsername}' cannot be created: {string.Join(" ", errors)}");
        }

        var site = await siteService.LoadSiteSettingsAsync();
        site.SuperUser = user.UserId;
        await siteService.UpdateSiteSettingsAsync(site);
    }
}
