using OrchardCore.Security.Permissions;

namespace OrchardCore.Security;

public static class StandardPermissions
{
    /// <summary>Implies all other permissions.</summary>
    public static readonly Permission SiteOwner = new("SiteOwner", "Site owner (all permissions)", isSecurityCritical: true);
}
