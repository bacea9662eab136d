using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>The form of a tenant.</summary>
public class TenantForm : DatabaseForm
{
    /// <summary>"Name": for who manages tenants; also the name of its folder.</summary>
    public string? Name { get; set; }

    /// <summary>"Description".</summary>
    public string? Description { get; set; }

    /// <summary>"URL prefix": the first part of the tenant's paths; empty for none.</summary>
    public string? RequestUrlPrefix { get; set; }

    /// <summary>"Host names", separated by commas or spaces; empty for every host that no other tenant has.</summary>
    public string? RequestUrlHost { get; set; }

    /// <summary>Whether it is not there yet.</summary>
    [BindNever]
    public bool IsNew { get; set; }

    /// <summary>Whether it is the tenant that manages the others.</summary>
    [BindNever]
    public bool IsDefault { get; set; }

    /// <summary>Whether it is still to be set up, so that its database can be chosen.</summary>
    [BindNever]
    public bool IsUninitialized { get; set; }
}
