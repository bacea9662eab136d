using OrchardCore.Security;

namespace Horilla.Platform.Admin.Roles;

/// <summary>All roles of a tenant: a document.</summary>
internal sealed class RolesDocument
{
    public long Id { get; set; }

    public List<Role> Roles { get; set; } = [];

    /// <summary>The features whose permissions were granted to roles already.</summary>
    public List<string> GrantedFeatures { get; set; } = [];

    public Role? Find(string? name)
        => Roles.FirstOrDefault(role => string.Equals(role.RoleName, name, StringComparison.OrdinalIgnoreCase));
}
