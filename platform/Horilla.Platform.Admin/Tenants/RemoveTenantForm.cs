using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>The form that removes a tenant.</summary>
public class RemoveTenantForm
{
    /// <summary>The name of the tenant, typed to confirm the removal.</summary>
    public string? Confirmation { get; set; }

    /// <summary>The name of the tenant.</summary>
    [BindNever]
    public string Name { get; set; } = "";
}
