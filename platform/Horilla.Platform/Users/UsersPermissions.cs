using OrchardCore.Security.Permissions;

namespace OrchardCore.Users;

public static class UsersPermissions
{
    public static readonly Permission ManageUsers = new("ManageUsers", "Manage users", isSecurityCritical: true);
}
