using OrchardCore.Security;

namespace Horilla.Platform.Admin.Roles;

/// <summary>The document with all roles of a tenant.</summary>
internal sealed class RolesDocument
{
    public long Id { get; set; }

    public List<Role> Roles { get; set; } = [];

    /// <summary>The features whose default permissions have already been granted to roles.</summary>
    public List<string> GrantedFeatures { get; set; } = [];

    public Role? Find(string? name)
        => Roles.FirstOrDefault(role => string.Equals(role.RoleName, name, StringComparison.OrdinalIgnoreCase));
}
