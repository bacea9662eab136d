using Horilla.Platform.Data;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Security;

namespace Horilla.Platform.Admin.Roles;

/// <summary>The roles of a tenant, for ASP.NET Core Identity.</summary>
internal sealed class RoleStore(CachedDocument<RolesDocument> document, RoleStereotypes stereotypes) : IRoleStore<IRole>
{
    public async Task<IdentityResult> CreateAsync(IRole role, CancellationToken cancellationToken)
    {
        var roles = await document.LoadAsync();
        var created = (Role)role;
        stereotypes.Grant(created);
        roles.Roles.Add(created);
        await document.UpdateAsync(roles);

        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(IRole role, CancellationToken cancellationToken)
    {
        var roles = await document.LoadAsync();
        roles.Roles.RemoveAll(existing => existing.RoleName == role.RoleName);
        roles.Roles.Add((Role)role);
        await document.UpdateAsync(roles);

        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(IRole role, CancellationToken cancellationToken)
    {
        var roles = await document.LoadAsync();
        roles.Roles.RemoveAll(existing => existing.RoleName == role.RoleName);
        await document.UpdateAsync(roles);

        return IdentityResult.Success;
    }

    public async Task<IRole?> FindByIdAsync(string roleId, CancellationToken cancellationToken) => (await document.LoadAsync()).Find(roleId);

    public async Task<IRole?> FindByNameAsync(string normalizedRoleName, CancellationToken cancellationToken) => (await document.LoadAsync()).Find(normalizedRoleName);

    public Task<string> GetRoleIdAsync(IRole role, CancellationToken cancellationToken) => Task.FromResult(role.RoleName);

    public Task<string?> GetRoleNameAsync(IRole role, CancellationToken cancellationToken) => Task.FromResult<string?>(role.RoleName);

    public Task<string?> GetNormalizedRoleNameAsync(IRole role, CancellationToken cancellationToken) => Task.FromResult(((Role)role).NormalizedRoleName);

    public Task SetRoleNameAsync(IRole role, string? roleName, CancellationToken cancellationToken)
    {
        ((Role)role).RoleName = roleName ?? "";

        return Task.CompletedTask;
    }

    public Task SetNormalizedRoleNameAsync(IRole role, string? normalizedName, CancellationToken cancellationToken)
    {
        ((Role)role).NormalizedRoleName = normalizedName;

        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
