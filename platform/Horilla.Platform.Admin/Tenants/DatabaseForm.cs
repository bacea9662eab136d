using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>The database of a tenant, and the recipe that sets it up.</summary>
public class DatabaseForm
{
    /// <summary>"Recipe": its technical name.</summary>
    public string? RecipeName { get; set; }

    /// <summary>"Database": the technical name of the provider.</summary>
    public string? DatabaseProvider { get; set; }

    /// <summary>"Connection string": a secret, which is never shown again.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>"Table prefix".</summary>
    public string? TablePrefix { get; set; }

    /// <summary>"Schema".</summary>
    public string? Schema { get; set; }

    /// <summary>Whether a connection string is stored, which an empty box keeps.</summary>
    [BindNever]
    public bool HasConnectionString { get; set; }

    /// <summary>The available recipes, with technical names and display names.</summary>
    [BindNever]
    public IReadOnlyList<(string Name, string DisplayName)> Recipes { get; set; } = [];

    /// <summary>The available providers.</summary>
    [BindNever]
    public IReadOnlyList<string> Providers { get; set; } = [];
}
