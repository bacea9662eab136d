using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>The form of a tenant.</summary>
public class TenantForm : DatabaseForm
{
    /// <summary>"Name": identifies the tenant to its managers; also the name of its folder.</summary>
    public string? Name { get; set; }

    /// <summary>"Description".</summary>
    public string? Description { get; set; }

    /// <summary>"URL prefix": the first segment of the tenant's paths; empty for none.</summary>
    public string? RequestUrlPrefix { get; set; }

    /// <summary>"Host names", separated by commas or spaces; empty for every host that no other tenant has.</summary>
    public string? RequestUrlHost { get; set; }

    /// <summary>Whether the tenant is new.</summary>
    [BindNever]
    public bool IsNew { get; set; }

    /// <summary>Whether it's the default tenant, which manages the others.</summary>
    [BindNever]
    public bool IsDefault { get; set; }

    /// <summary>Whether it isn't set up yet, so that its database can be chosen.</summary>
    [BindNever]
    public bool IsUninitialized { get; set; }
}
