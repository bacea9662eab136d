using System.Security.Claims;
using Horilla.Platform.Data;
using Horilla.Platform.Security;
using OrchardCore.Security;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

internal sealed class RoleService(CachedDocument<RolesDocument> document) : IRoleService
{
    public async Task<IEnumerable<IRole>> GetRolesAsync() => (await document.GetAsync()).Roles;

    public async Task<IEnumerable<Claim>> GetRoleClaimsAsync(string role, CancellationToken cancellationToken = default)
        => (await document.GetAsync()).Find(role)?.RoleClaims.Select(claim => claim.ToClaim()) ?? [];

    public ValueTask<bool> IsAdminRoleAsync(string role)
        => ValueTask.FromResult(string.Equals(role, SystemRoles.Administrator, StringComparison.OrdinalIgnoreCase));

    public ValueTask<bool> IsSystemRoleAsync(string role)
        => ValueTask.FromResult(new[] { SystemRoles.Administrator, SystemRoles.Authenticated, SystemRoles.Anonymous }.Contains(role, StringComparer.OrdinalIgnoreCase));
}
