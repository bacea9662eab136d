using System.Security.Claims;

namespace OrchardCore.Security.Services;

public interface IRoleService
{
    Task<IEnumerable<IRole>> GetRolesAsync();

    /// <summary>Returns the claims of a role, or none if the role doesn't exist.</summary>
    Task<IEnumerable<Claim>> GetRoleClaimsAsync(string role, CancellationToken cancellationToken = default);

    ValueTask<bool> IsAdminRoleAsync(string role);

    ValueTask<bool> IsSystemRoleAsync(string role);
}
