namespace OrchardCore.Security.Permissions;

/// <summary>The permissions that a role gets by itself when the feature comes.</summary>
public class PermissionStereotype
{
    public string Name { get; set; } = "";

    public IEnumerable<Permission> Permissions { get; set; } = [];
}
