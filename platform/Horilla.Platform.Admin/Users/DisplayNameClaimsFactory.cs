using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrchardCore.Security;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>Adds the display name to the claims of a user, as the claim "name" (OpenID Connect Core 1.0, section 5.1).</summary>
internal sealed class DisplayNameClaimsFactory(UserManager<IUser> users, RoleManager<IRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<IUser, IRole>(users, roles, options)
{
    /// <summary>The type of the claim.</summary>
    public const string ClaimType = "name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(IUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);

        if (user is User { } account && account.GetProfile().DisplayName is { Length: > 0 } name)
        {
            identity.AddClaim(new Claim(ClaimType, name));
        }

        return identity;
    }
}
