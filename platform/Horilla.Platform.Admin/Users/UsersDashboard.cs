using Horilla.Platform.Admin.Panel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using YesSql;

namespace Horilla.Platform.Admin.Users;

/// <summary>Counts the users on the dashboard.</summary>
internal sealed class UsersDashboard(ISession session, IAuthorizationService authorizationService, IStringLocalizer<UsersDashboard> S) : IDashboardProvider
{
    public async Task BuildAsync(DashboardBuilder dashboard)
    {
        if (!await authorizationService.AuthorizeAsync(dashboard.User, UsersPermissions.ManageUsers))
        {
            return;
        }

        var count = await session.QueryIndex<UserIndex>().CountAsync();
        dashboard.AddCount(S["Users"], count, "~/Admin/Users/Index");

        if (count == 1)
        {
            dashboard.AddNextStep(S["You are the only user. Add the people who administer this site with you."], "~/Admin/Users/Create");
        }
    }
}
