namespace OrchardCore.Security.Permissions;

/// <summary>The permissions that a role gets automatically when the feature is enabled.</summary>
public class PermissionStereotype
{
    public string Name { get; set; } = "";

    public IEnumerable<Permission> Permissions { get; set; } = [];
}
