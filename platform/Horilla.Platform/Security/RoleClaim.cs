using System.Security.Claims;

namespace OrchardCore.Security;

public class RoleClaim
{
    public RoleClaim()
    {
    }

    public RoleClaim(string type, string value)
    {
        ClaimType = type;
        ClaimValue = value;
    }

    public string ClaimType { get; set; } = "";

    public string ClaimValue { get; set; } = "";

    public Claim ToClaim() => new(ClaimType, ClaimValue);
}
