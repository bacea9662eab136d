namespace Horilla.Platform.Admin.Roles;

/// <summary>A row of the list of roles.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="IsAdmin">Whether it has every permission, whatever is ticked.</param>
/// <param name="IsSystem">Whether it belongs to the system, and cannot be deleted.</param>
public sealed record RoleEntry(string Name, string? Description, bool IsAdmin, bool IsSystem);
