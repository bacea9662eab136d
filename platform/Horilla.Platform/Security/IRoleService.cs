using System.Security.Claims;

namespace OrchardCore.Security.Services;

public interface IRoleService
{
    Task<IEnumerable<IRole>> GetRolesAsync();

    /// <summary>What a role claims; nothing for a role that is not there.</summary>
    Task<IEnumerable<Claim>> GetRoleClaimsAsync(string role, CancellationToken cancellationToken = default);

    ValueTask<bool> IsAdminRoleAsync(string role);

    ValueTask<bool> IsSystemRoleAsync(string role);
}
