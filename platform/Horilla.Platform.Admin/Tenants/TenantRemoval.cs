using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>The form that removes a tenant.</summary>
public class TenantRemoval
{
    /// <summary>What has to be typed: the name of the tenant.</summary>
    public string? Confirmation { get; set; }

    /// <summary>The name of the tenant.</summary>
    [BindNever]
    public string Name { get; set; } = "";
}
