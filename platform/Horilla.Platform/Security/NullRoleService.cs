using System.Security.Claims;
using OrchardCore.Security;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Security;

/// <summary>The role service of tenants without the Roles feature: nobody has any permissions.</summary>
internal sealed class NullRoleService : IRoleService
{
    public Task<IEnumerable<IRole>> GetRolesAsync() => Task.FromResult<IEnumerable<IRole>>([]);

    public Task<IEnumerable<Claim>> GetRoleClaimsAsync(string role, CancellationToken cancellationToken = default) => Task.FromResult<IEnumerable<Claim>>([]);

    public ValueTask<bool> IsAdminRoleAsync(string role) => ValueTask.FromResult(false);

    public ValueTask<bool> IsSystemRoleAsync(string role) => ValueTask.FromResult(false);
}
