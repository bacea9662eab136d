using System.Security.Claims;

namespace OrchardCore.Users.Models;

public class UserClaim
{
    public string ClaimType { get; set; } = "";

    public string ClaimValue { get; set; } = "";

    public Claim ToClaim() => new(ClaimType, ClaimValue);
}
