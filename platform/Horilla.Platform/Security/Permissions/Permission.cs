using System.Security.Claims;

namespace OrchardCore.Security.Permissions;

/// <summary>A permission that a role can grant.</summary>
public class Permission(string name)
{
    public const string ClaimType = "Permission";

    public Permission(string name, string description, bool isSecurityCritical = false)
        : this(name)
    {
        Description = description;
        IsSecurityCritical = isSecurityCritical;
    }

    public Permission(string name, string description, IEnumerable<Permission> impliedBy, bool isSecurityCritical = false)
        : this(name, description, isSecurityCritical)
    {
        ImpliedBy = impliedBy;
    }

    public string Name { get; } = name;

    public string? Description { get; set; }

    public string? Category { get; set; }

    /// <summary>The permissions that imply this one.</summary>
    public IEnumerable<Permission> ImpliedBy { get; } = [];

    public bool IsSecurityCritical { get; }

    public static implicit operator Claim(Permission p) => new(ClaimType, p.Name);
}
