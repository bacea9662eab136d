using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

/// <summary>The form of a role.</summary>
public class RoleForm
{
    /// <summary>"Name".</summary>
    public string? RoleName { get; set; }

    /// <summary>"Description".</summary>
    public string? RoleDescription { get; set; }

    /// <summary>The names of the permissions that it has.</summary>
    public string[] Permissions { get; set; } = [];

    /// <summary>Whether the role is new.</summary>
    [BindNever]
    public bool IsNew { get; set; }

    /// <summary>All permissions, grouped by the name of their feature.</summary>
    [BindNever]
    public IReadOnlyList<IGrouping<string, Permission>> AllPermissions { get; set; } = [];

    /// <summary>The names of the permissions that the user can grant to this role or revoke from it.</summary>
    [BindNever]
    public IReadOnlySet<string> Grantable { get; set; } = new HashSet<string>();
}
