namespace Horilla.Platform.Admin.Roles;

/// <summary>A row of the list of roles.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="IsAdmin">Whether it always has every permission.</param>
/// <param name="IsSystem">Whether it's a system role, which can't be deleted.</param>
public sealed record RoleListItem(string Name, string? Description, bool IsAdmin, bool IsSystem);
